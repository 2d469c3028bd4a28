/// The way from one stop to the next: when it happens and how.
public struct Leg: Hashable, Sendable {
  /// How a leg gets from one picture to the next.
  public enum Kind: Hashable, Sendable {
    /// The embeddings are blended; every frame is drawn.
    case travel
    /// The two pictures are cross-faded.
    case dissolve
    /// The picture changes from one frame to the next.
    case cut
  }

  /// Index of the stop that is left.
  public var from: Int
  /// Index of the stop that is reached.
  public var to: Int
  /// How the leg is made.
  public var kind: Kind
  /// The last frame that rests at `from`.
  public var start: Int
  /// The first frame that rests at `to`; past the film's end where a loop closes.
  public var end: Int

  /// The steps from a frame to the next along it.
  public var frames: Int { end - start }

  /// How many of its steps a frame has done, or nil where the leg isn't under way.
  func step(at frame: Int) -> Int? { frame > start && frame < end ? frame - start : nil }
}
