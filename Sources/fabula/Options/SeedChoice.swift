import ArgumentParser

/// A seed for the film, as in `7`, or seeds for scenes by their numbers, as in `1=7,3=12`.
struct SeedChoice: ExpressibleByArgument, Sendable {
  /// The film's seed.
  private(set) var film: UInt64?
  /// The scenes' seeds.
  private(set) var scenes: [Int: UInt64] = [:]

  init?(argument: String) {
    if let seed = UInt64(argument) {
      film = seed
      return
    }
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, let scene = Int(sides[0]), scene > 0, let seed = UInt64(sides[1])
      else { return nil }
      scenes[scene] = seed
    }
  }
}
