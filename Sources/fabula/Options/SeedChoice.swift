import ArgumentParser
import Story

/// A seed for the film, as in `7`, or seeds for scenes and beats, as in `1=7,2.3=12`.
struct SeedChoice: ExpressibleByArgument, Sendable {
  /// The film's seed.
  private(set) var film: UInt64?
  /// The scenes' and beats' seeds.
  private(set) var parts: [SeedScope: UInt64] = [:]

  init?(argument: String) {
    if let seed = UInt64(argument) {
      film = seed
      return
    }
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2, let scope = SeedScope(sides[0]), let seed = UInt64(sides[1])
      else { return nil }
      parts[scope] = seed
    }
  }
}
