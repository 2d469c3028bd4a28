/// One picture that the film comes to rest on: a beat of the story, seen from here as a time only.
public struct Stop: Hashable, Sendable {
  /// When its sentence begins, in microseconds from the film's start.
  public var start: Int
  /// How long its sentence lasts, in microseconds.
  public var duration: Int
  /// The scene that it belongs to; a change of it is a scene change.
  public var scene: Int

  /// A stop at `start` for `duration` microseconds.
  public init(start: Int, duration: Int, scene: Int = 0) {
    self.start = start
    self.duration = duration
    self.scene = scene
  }

  /// When it ends, in microseconds.
  public var end: Int { start + duration }
}
