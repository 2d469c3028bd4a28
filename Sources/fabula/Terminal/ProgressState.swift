import Live

/// How far a render is, as text.
struct ProgressState: Equatable, Sendable {
  /// Frames done.
  var done: Int
  /// Frames in all.
  var total: Int
  /// Frames per second of real time, or 0 before it is known.
  var speed: Double
  /// Seconds that are left, by estimate.
  var left: Double
  /// The sentence being told.
  var sentence: String

  /// One line of at most `columns` columns: a bar, the numbers, and as much of the sentence as fits.
  func bar(columns: Int, colour: Bool) -> String {
    let width = columns >= 60 ? 20 : columns >= 40 ? 10 : 0
    let numbers = "\(done)/\(total)  \(speed.short) fps  \(clock(left)) left"
    var line = width > 0 ? drawnBar(width, colour: colour) + " " + numbers : numbers
    let used = (width > 0 ? width + 1 : 0) + numbers.columns
    guard used <= columns else { return "\(done)/\(total)".clipped(columns: columns) }
    let room = columns - used - 2
    if room >= 8 { line += "  " + sentence.clipped(columns: room) }
    return line
  }

  /// The line for a log.
  var plain: String {
    "frame \(done) of \(total), \(speed.short) fps, \(clock(left)) left: \(sentence)"
  }

  private func drawnBar(_ width: Int, colour: Bool) -> String {
    let share = total > 0 ? min(Double(done) / Double(total), 1) : 0
    let filled = Int(share * Double(width))
    let full = String(repeating: "█", count: filled)
    let rest = String(repeating: "░", count: width - filled)
    return colour ? "\u{1B}[36m\(full)\u{1B}[2m\(rest)\u{1B}[0m" : full + rest
  }
}
