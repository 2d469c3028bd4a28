/// A line of text and when it is shown, in seconds.
public struct Subtitle: Sendable, Hashable, Codable {
  /// What is read; may have several lines.
  public var text: String
  /// When it appears.
  public var start: Double
  /// How long it stays.
  public var duration: Double

  /// Text shown from `start` for `duration` seconds.
  public init(text: String, start: Double, duration: Double) {
    self.text = text
    self.start = start
    self.duration = duration
  }

  /// When it disappears.
  public var end: Double { start + duration }
}
