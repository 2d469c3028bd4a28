/// A text to draw, with what was told before it, which may tell where and when it is.
public struct Passage: Equatable, Sendable {
  /// The lines before it, the latest last.
  public var before: [String]
  /// The text.
  public var text: String

  /// A passage.
  public init(before: [String], text: String) {
    self.before = before
    self.text = text
  }
}

/// A sentence that comes to be told, and how long that takes.
public struct Told: Equatable, Sendable {
  /// The sentence.
  public var text: String
  /// The seconds that a narrator takes for it, the pause after it included.
  public var duration: Double

  /// A sentence of `duration` seconds.
  public init(text: String, duration: Double) {
    self.text = text
    self.duration = duration
  }
}
