/// Which frames of an even rate are due.
struct FrameBeat: Sendable {
  private let rate: Double
  private let start: Double
  private var next = 0

  /// Frame 0 is due at `start`.
  init(rate: Double, start: Double) {
    self.rate = rate
    self.start = start
  }

  /// When the next frame is due.
  var nextTime: Double { start + Double(next) / rate }

  /// The frames due by `now` that weren't returned before.
  mutating func due(at now: Double) -> Range<Int> {
    let end = max(next, Int(((now - start) * rate).rounded(.down)) + 1)
    defer { next = end }
    return next..<end
  }
}
