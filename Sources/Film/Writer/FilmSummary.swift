/// What was written.
public struct FilmSummary: Sendable, Equatable {
  /// Where the film is.
  public var path: String
  /// How many pictures it has.
  public var frames: Int
  /// How long it plays, in seconds.
  public var duration: Double
  /// How large the file is.
  public var bytes: Int
}
