/// How to read a story; what is left nil comes from the front matter, then from the defaults.
public struct StoryOptions: Sendable {
  /// The format of the text.
  public var format: StoryFormat
  /// The language as a BCP 47 code ("en", "de-AT"); detected when nil.
  public var language: String?
  /// The narrator's pace in words a minute, pauses not counted.
  public var wordsPerMinute: Double?
  /// The length that the whole story is fitted to, in seconds.
  public var duration: Double?
  /// The shortest beat, in seconds.
  public var minimumBeat: Double
  /// The longest beat, in seconds; longer sentences are split at clauses.
  public var maximumBeat: Double
  /// The line added to every prompt.
  public var style: String?
  /// Characters, added to those of the front matter; a name given here wins.
  public var cast: [CastMember]
  /// How many tokens a prompt may have; the text encoders take 77 with their start and end.
  public var tokenLimit: Int
  /// Counts a prompt's tokens without start and end; estimated when nil.
  public var tokenCount: (@Sendable (String) -> Int)?

  /// Creates options.
  public init(
    format: StoryFormat = .automatic, language: String? = nil, wordsPerMinute: Double? = nil,
    duration: Double? = nil, minimumBeat: Double = 1.5, maximumBeat: Double = 10,
    style: String? = nil, cast: [CastMember] = [], tokenLimit: Int = 75,
    tokenCount: (@Sendable (String) -> Int)? = nil
  ) {
    self.format = format
    self.language = language
    self.wordsPerMinute = wordsPerMinute
    self.duration = duration
    self.minimumBeat = minimumBeat
    self.maximumBeat = maximumBeat
    self.style = style
    self.cast = cast
    self.tokenLimit = tokenLimit
    self.tokenCount = tokenCount
  }
}
