/// All that one picture depends on besides the model; equal recipes are the same picture.
public struct PictureRecipe: Hashable, Sendable, Codable {
  /// Index of the stop whose embedding the picture comes from.
  public let from: Int
  /// Index of the stop whose embedding it goes to; `from` where it rests.
  public let to: Int
  /// How far it has gone from one to the other, 0 at rest and below 1.
  public let blend: Double
  /// What it is drawn from.
  public let noise: NoiseRecipe

  /// A picture on the way; the ends of the way are written as the stops that they are.
  public init(from: Int, to: Int, blend: Double, noise: NoiseRecipe) {
    let rest = blend <= 0 || from == to ? from : blend >= 1 ? to : nil
    self.from = rest ?? from
    self.to = rest ?? to
    self.blend = rest == nil ? blend : 0
    self.noise = noise
  }

  /// Whether the picture is a stop's own.
  public var isAtRest: Bool { from == to }
}
