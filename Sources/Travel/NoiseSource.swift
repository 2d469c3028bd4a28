/// Names one field of standard normal noise: the same source always gives the same field.
public struct NoiseSource: Hashable, Sendable, Codable, Comparable {
  /// The generator's seed.
  public var seed: UInt64
  /// Which of the seed's independent fields: 0 for the picture, 1 for the field it drifts towards.
  public var field: UInt32

  /// The field numbered `field` of `seed`.
  public init(seed: UInt64, field: UInt32 = 0) {
    self.seed = seed
    self.field = field
  }

  /// By seed, then by field.
  public static func < (a: Self, b: Self) -> Bool { (a.seed, a.field) < (b.seed, b.field) }
}
