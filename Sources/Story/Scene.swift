/// A stretch of the story in one place and time, or under one heading.
public struct Scene: Sendable, Equatable {
  /// The heading, where the scene has one.
  public var title: String?
  /// The scene's beats, as indices into `Story.beats`.
  public var beats: Range<Int>
  /// The heading's level (1 is a chapter); nil for a scene that a break or nothing began.
  public var level: Int?

  /// Creates a scene.
  public init(title: String?, beats: Range<Int>, level: Int? = nil) {
    self.title = title
    self.beats = beats
    self.level = level
  }
}
