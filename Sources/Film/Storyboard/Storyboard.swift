/// What a film will look like, at a glance: one picture a beat, with its words.
public struct Storyboard: Sendable, Equatable {
  /// The film's title.
  public var title: String
  /// A line below it: length, model, whatever is worth knowing.
  public var note: String
  /// The words' language, as in "en".
  public var language: String
  /// The beats in their order.
  public var panels: [Panel]

  /// A storyboard.
  public init(title: String, note: String = "", language: String = "en", panels: [Panel]) {
    self.title = title
    self.note = note
    self.language = language
    self.panels = panels
  }

  /// "1:05" for 65 seconds.
  static func clock(_ seconds: Double) -> String {
    let whole = Int(max(0, seconds).rounded(.down))
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    let tail = rest < 10 ? "0\(rest)" : "\(rest)"
    guard hours > 0 else { return "\(minutes):\(tail)" }
    return "\(hours):\(minutes < 10 ? "0" : "")\(minutes):\(tail)"
  }
}
