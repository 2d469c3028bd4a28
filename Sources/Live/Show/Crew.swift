/// Those who do the work of a show; both are called on the stage's thread alone.
public struct Crew {
  /// What the text encoders make of a passage.
  public var encode: (Passage) throws -> Embeds
  /// The picture of a frame, as RGB bytes. It may ask as often as it likes whether the picture is
  /// still wanted; once it isn't, it may throw `CancellationError`.
  public var draw: (Show.Frame, _ goesOn: () -> Bool) throws -> [UInt8]

  /// A crew of these two.
  public init(
    encode: @escaping (Passage) throws -> Embeds,
    draw: @escaping (Show.Frame, _ goesOn: () -> Bool) throws -> [UInt8]
  ) {
    self.encode = encode
    self.draw = draw
  }
}
