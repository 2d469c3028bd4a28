/// A story as a film needs it: what to draw, when, and for how long.
public struct Story: Sendable, Equatable {
  /// The title, from the front matter or the text's only first-level heading.
  public var title: String?
  /// The language as a BCP 47 code, given or detected.
  public var language: String
  /// How fast the story is told: 1 at the language's own pace, more is faster.
  public var speed: Double
  /// What to draw, in order, without gaps.
  public var beats: [Beat]
  /// The scenes, in order; together they hold all beats.
  public var scenes: [Scene]
  /// What the front matter says about the film.
  public var settings: Settings

  /// The length of the story, in microseconds.
  public var durationMicroseconds: Int { beats.last?.endMicroseconds ?? 0 }

  /// The length of the story, in seconds.
  public var duration: Double { Double(durationMicroseconds) / 1_000_000 }

  /// By what the front matter calls the beat at `index`.
  public func seedScope(ofBeat index: Int) -> SeedScope {
    let scene = beats[index].scene
    return SeedScope(scene: scene + 1, beat: index - scenes[scene].beats.lowerBound + 1)
  }

  /// Creates a story from its parts.
  public init(
    title: String? = nil, language: String, speed: Double = 1, beats: [Beat], scenes: [Scene],
    settings: Settings = Settings()
  ) {
    self.title = title
    self.language = language
    self.speed = speed
    self.beats = beats
    self.scenes = scenes
    self.settings = settings
  }

  /// Reads a story from a file's bytes; the file's name only helps to tell the format.
  public init(
    reading bytes: [UInt8], name: String? = nil, options: StoryOptions = StoryOptions()
  ) throws(StoryError) {
    let source = try SourceText(decoding: bytes)
    let reader = try StoryReader(source.bytes, name: name, format: options.format)
    self = try StoryMaker(source, reader.script(), reader.frontMatter, options).story()
  }
}
