/// A named stretch of the film, in seconds.
public struct Chapter: Sendable, Hashable, Codable {
  /// What a player's menu shows.
  public var title: String
  /// Where it begins.
  public var start: Double
  /// Where it ends.
  public var end: Double

  /// A chapter from `start` to `end`.
  public init(title: String, start: Double, end: Double) {
    self.title = title
    self.start = start
    self.end = end
  }
}
