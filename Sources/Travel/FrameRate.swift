/// Frames per second as an exact fraction, so that the frame grid never drifts from the clock.
public struct FrameRate: Hashable, Sendable, Codable, CustomStringConvertible {
  /// Frames in `denominator` seconds.
  public let numerator: Int
  /// The seconds that `numerator` frames take.
  public let denominator: Int

  /// The cinema's 24 frames a second.
  public static let cinema = FrameRate(numerator: 24, denominator: 1)

  /// The slowest and the fastest rate that a film may have.
  public static let limits = 1.0...240.0

  /// A rate in lowest terms, or nil where it is outside `limits`.
  public init?(_ numerator: Int, _ denominator: Int = 1) {
    guard (1...1_000_000_000).contains(numerator), (1...1_000_000_000).contains(denominator) else {
      return nil
    }
    guard Self.limits.contains(Double(numerator) / Double(denominator)) else { return nil }
    let divisor = greatestCommonDivisor(numerator, denominator)
    let lowest = (numerator / divisor, denominator / divisor)
    // Keeps k · denominator · 10⁶ inside an Int for every frame k of a year-long film.
    guard lowest.1 <= 100_000, lowest.0 <= 24_000_000 else { return nil }
    (self.numerator, self.denominator) = lowest
  }

  private init(numerator: Int, denominator: Int) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Reads `24`, `23.976`, `12.5` or `30000/1001`; the NTSC decimals mean their fractions.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2, let numerator = Int(parts[0]), let denominator = Int(parts[1]) {
      self.init(numerator, denominator)
      return
    }
    guard parts.count == 1 else { return nil }
    let ntsc = [
      "23.976": 24_000, "23.98": 24_000, "29.97": 30_000, "47.952": 48_000, "59.94": 60_000,
      "119.88": 120_000,
    ]
    if let numerator = ntsc[text] {
      self.init(numerator, 1001)
      return
    }
    let digits = text.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = digits.count == 2 ? String(digits[1]) : ""
    guard digits.count <= 2, digits.allSatisfy({ !$0.isEmpty }), fraction.count <= 4,
      text.allSatisfy({ $0.isASCII && $0 != "-" }),
      let whole = Int(digits[0] + fraction)
    else { return nil }
    self.init(whole, fraction.reduce(1) { scale, _ in scale * 10 })
  }

  /// Frames in one second.
  public var framesPerSecond: Double { Double(numerator) / Double(denominator) }

  /// `24` or `30000/1001`.
  public var description: String {
    denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)"
  }

  /// How many frames cover `duration` microseconds, to the nearest.
  public func frameCount(microseconds duration: Int) -> Int {
    Int((Double(duration) / 1_000_000 * Double(numerator) / Double(denominator)).rounded())
  }

  /// When frame `index` begins, in microseconds, to the nearest.
  public func microseconds(frame index: Int) -> Int {
    (index * denominator * 1_000_000 + numerator / 2) / numerator
  }
}

private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  b == 0 ? a : greatestCommonDivisor(b, a % b)
}
