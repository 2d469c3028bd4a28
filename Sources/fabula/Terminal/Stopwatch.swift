/// Time that passes.
struct Stopwatch {
  private let clock = ContinuousClock()
  private let began = ContinuousClock.now

  /// Seconds since it was made.
  var seconds: Double {
    let (whole, fraction) = (clock.now - began).components
    return Double(whole) + Double(fraction) * 1e-18
  }

  /// The seconds that some work takes.
  static func measure(_ work: () throws -> Void) rethrows -> Double {
    let watch = Stopwatch()
    try work()
    return watch.seconds
  }
}

/// The middle and the slow end of some times, in seconds.
struct Spread: Encodable {
  let median: Double
  let p95: Double

  init(_ times: [Double]) {
    let sorted = times.sorted()
    median = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    p95 = sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, sorted.count * 95 / 100)]
  }

  /// `31 ms (p95 35 ms)`.
  var text: String { "\(median.milliseconds) (p95 \(p95.milliseconds))" }
}

extension Double {
  /// Seconds as milliseconds.
  var milliseconds: String { (self * 1000).short + " ms" }
}
