/// One picture that the film comes to rest on: a beat of the story, seen from here as a time only.
public struct Stop: Hashable, Sendable {
  /// When its sentence begins, in microseconds from the film's start.
  public var start: Int
  /// How long its sentence lasts, in microseconds.
  public var duration: Int
  /// The scene that it belongs to; a change of it is a scene change.
  public var scene: Int
  /// The seed of its noise, where it isn't the film's.
  public var seed: UInt64?

  /// A stop at `start` for `duration` microseconds.
  public init(start: Int, duration: Int, scene: Int = 0, seed: UInt64? = nil) {
    self.start = start
    self.duration = duration
    self.scene = scene
    self.seed = seed
  }

  /// When it ends, in microseconds.
  public var end: Int { start + duration }
}
