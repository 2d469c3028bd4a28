/// A story as a film needs it: what to draw, when, and for how long.
public struct Story: Sendable, Equatable {
  /// The title, from the front matter or the text's only first-level heading.
  public var title: String?
  /// The language as a BCP 47 code, given or detected.
  public var language: String
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

  /// Creates a story from its parts.
  public init(
    title: String? = nil, language: String, beats: [Beat], scenes: [Scene],
    settings: Settings = Settings()
  ) {
    self.title = title
    self.language = language
    self.beats = beats
    self.scenes = scenes
    self.settings = settings
  }

  /// Reads a story from a file's bytes; the file's name only helps to tell the format.
  public init(
    reading bytes: [UInt8], name: String? = nil, options: StoryOptions = StoryOptions()
  ) throws(StoryError) {
    let source = try SourceText(decoding: bytes)
    let script = PlainReader(source: source.bytes).script()
    let segmenter = Segmenter(
      text: script.text, rules: LanguageRules(language: options.language ?? "en"))
    var beats: [Beat] = []
    var time = 0
    for passage in script.passages {
      for range in segmenter.sentences(in: passage.range) {
        let text = wording(of: script.text[range])
        let place = script.source(of: range)
        let length = max(1_200_000, text.utf8.count * 65_000)
        beats.append(
          Beat(
            text: text, prompt: options.style.map { "\(text), \($0)" } ?? text,
            startMicroseconds: time, durationMicroseconds: length, scene: 0,
            offset: source.base + place.lowerBound, length: place.count))
        time += length
      }
    }
    if beats.isEmpty { throw .empty }
    self.init(
      language: options.language ?? "en", beats: beats,
      scenes: [Scene(title: nil, beats: 0..<beats.count)])
  }

  /// The bare sentences of a story's text, neither split nor joined for drawing.
  public static func sentences(
    in bytes: [UInt8], name: String? = nil, options: StoryOptions = StoryOptions()
  ) throws(StoryError) -> [Sentence] {
    let source = try SourceText(decoding: bytes)
    let script = PlainReader(source: source.bytes).script()
    let segmenter = Segmenter(
      text: script.text, rules: LanguageRules(language: options.language ?? "en"))
    return script.passages.flatMap { passage in
      segmenter.sentences(in: passage.range).map { range in
        let place = script.source(of: range)
        return Sentence(
          text: wording(of: script.text[range]), offset: source.base + place.lowerBound,
          length: place.count)
      }
    }
  }
}
