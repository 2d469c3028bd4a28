/// What a seed in the front matter is for: a scene, as in `2`, or one beat of it, as in `2.3`.
public struct SeedScope: Hashable, Sendable {
  /// The scene's number, from 1.
  public let scene: Int
  /// The beat's number in its scene, from 1; nil for all of them.
  public let beat: Int?

  /// A scene, or a beat of it; both count from 1.
  public init(scene: Int, beat: Int? = nil) {
    self.scene = scene
    self.beat = beat
  }
}

extension SeedScope: Comparable {
  /// In the story's order, a scene before its beats.
  public static func < (a: Self, b: Self) -> Bool {
    (a.scene, a.beat ?? 0) < (b.scene, b.beat ?? 0)
  }
}

extension SeedScope: LosslessStringConvertible {
  /// Nil unless it is a number above 0, or two with a dot between them.
  public init?(_ description: String) {
    let parts = description.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }.filter { $0 > 0 }
    guard numbers.count == parts.count, let scene = numbers.first, numbers.count <= 2 else {
      return nil
    }
    self.init(scene: scene, beat: numbers.count == 2 ? numbers[1] : nil)
  }

  /// As the front matter writes it.
  public var description: String { "\(scene)" + (beat.map { ".\($0)" } ?? "") }
}
