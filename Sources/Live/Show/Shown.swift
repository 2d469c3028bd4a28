/// A picture that was shown.
public struct Shown: Sendable {
  /// Its number, from 1.
  public var number: Int
  /// When it was ready, in seconds of the show's clock.
  public var time: Double
  /// Red, green and blue bytes, row by row.
  public var rgb: [UInt8]
  /// What is told meanwhile.
  public var line: Line
  /// The newest keystroke that it shows, by the number that its sender gave it.
  public var key: UInt32

  /// A shown picture.
  public init(number: Int, time: Double, rgb: [UInt8], line: Line, key: UInt32) {
    self.number = number
    self.time = time
    self.rgb = rgb
    self.line = line
    self.key = key
  }
}

/// A line of the story as it is told: typed ones grow, but keep their number.
public struct Line: Equatable, Sendable, Codable {
  /// Its number, from 1; 0 stands for none.
  public var id: Int
  /// Its text so far.
  public var text: String

  /// A line.
  public init(id: Int, text: String) {
    self.id = id
    self.text = text
  }
}
