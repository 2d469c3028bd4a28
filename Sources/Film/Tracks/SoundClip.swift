/// A stretch of a file of sound, or of silence.
public struct SoundClip: Sendable, Equatable {
  /// Where it begins in the file, in seconds, not before the stretch before it ends; nil is silence.
  public var start: Double?
  /// How long it lasts, in seconds.
  public var duration: Double

  /// A stretch.
  public init(start: Double?, duration: Double) {
    self.start = start
    self.duration = duration
  }
}
