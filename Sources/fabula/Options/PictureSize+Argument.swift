import ArgumentParser
import Turbo

extension PictureSize: ExpressibleByArgument {
  /// The sides that a picture may have, in pixels; latents are an eighth of it.
  static let sides = 64...4096

  /// Reads `512x384`, or `512` for a square.
  public init?(argument: String) {
    let parts = argument.lowercased().split(
      separator: "x", omittingEmptySubsequences: false)
    let sides = parts.compactMap { Int($0) }
    guard sides.count == parts.count, let width = sides.first, sides.count <= 2 else { return nil }
    self.init(width: width, height: sides.last ?? width)
  }

  /// What is wrong with the size, in words.
  var problem: String? {
    let isPossible = [width, height].allSatisfy { Self.sides.contains($0) && $0 % 8 == 0 }
    guard !isPossible else { return nil }
    return "\(self) is no picture's size: give multiples of 8 from 64 to 4096, as in 512x512"
  }
}
