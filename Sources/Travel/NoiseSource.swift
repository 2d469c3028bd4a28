/// Names one field of standard normal noise: the same source always gives the same field.
public struct NoiseSource: Hashable, Sendable, Codable, Comparable {
  /// The generator's seed.
  public var seed: UInt64
  /// Which of the seed's independent fields: 0 for the picture, 1 for the field it drifts towards.
  public var field: UInt32
  /// How the field is looked at.
  public var view: NoiseView

  /// The field numbered `field` of `seed`.
  public init(seed: UInt64, field: UInt32 = 0, view: NoiseView = .still) {
    self.seed = seed
    self.field = field
    self.view = view
  }

  /// By seed, then by field and view.
  public static func < (a: Self, b: Self) -> Bool {
    (a.seed, a.field, a.view) < (b.seed, b.field, b.view)
  }
}
