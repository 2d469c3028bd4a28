/// What a spectator may turn while the show runs.
public struct ShowSettings: Equatable, Sendable, Codable {
  /// How fast pictures follow the text and sentences one another; 1 is a narrator's pace.
  public var pace: Double
  /// The number that the noise comes from.
  public var seed: UInt64
  /// How fast the noise of a resting picture turns, in radians a second.
  public var drift: Double

  /// The paces that a show can have.
  public static let paces = 0.25...4.0
  /// The drifts that a show can have.
  public static let drifts = 0.0...1.0
  /// JavaScript, which knows no larger whole numbers, has a say too.
  public static let seeds: ClosedRange<UInt64> = 0...(1 << 53)

  /// Settings within their ranges; what isn't comes as near as it can.
  public init(pace: Double = 1, seed: UInt64 = 0, drift: Double = 0.12) {
    self.pace = Self.nearest(pace, in: Self.paces, else: 1)
    self.seed = min(seed, Self.seeds.upperBound)
    self.drift = Self.nearest(drift, in: Self.drifts, else: 0)
  }

  private static func nearest(
    _ value: Double, in range: ClosedRange<Double>, else fallback: Double
  ) -> Double {
    value.isFinite ? min(max(value, range.lowerBound), range.upperBound) : fallback
  }
}
