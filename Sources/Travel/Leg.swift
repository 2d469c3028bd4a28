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
  /// When the leg begins, in microseconds.
  public var start: Double
  /// When it ends, in microseconds; past the film's end where a loop closes.
  public var end: Double

  /// How far along the leg the moment `time` is, 0...1, or nil where the leg isn't under way.
  func progress(at time: Double) -> Double? {
    guard time > start, time < end else { return nil }
    return (time - start) / (end - start)
  }
}
