/// One drawable moment of a story: what is said, what is drawn, and when.
public struct Beat: Sendable, Equatable {
  /// What the narrator says, with line breaks and markup removed.
  public var text: String
  /// What is drawn while the text is said.
  public var prompt: String
  /// When the beat begins, in microseconds from the beginning of the story.
  public var startMicroseconds: Int
  /// How long the beat lasts, the pause after it included, in microseconds.
  public var durationMicroseconds: Int
  /// How long the narrator speaks in the beat, from its beginning, in microseconds; subtitles are
  /// shown as long, and the rest is a pause.
  public var voiceMicroseconds: Int
  /// What decides how long the beat lasts.
  public var timing: Timing
  /// The index of the beat's scene in `Story.scenes`.
  public var scene: Int
  /// Where the beat begins in the source, in UTF-8 bytes.
  public var offset: Int
  /// How long the beat is in the source, in UTF-8 bytes.
  public var length: Int
  /// Whether the beat is narration or the title of a chapter.
  public var kind: Kind
  /// Why the prompt is what it is.
  public var reasons: [Reason]

  /// What a beat stands for in the story.
  public enum Kind: String, Sendable {
    /// A sentence, a part of one, or a few short ones.
    case narration
    /// The title of a chapter or scene.
    case heading
  }

  /// What decides how long a beat lasts.
  public enum Timing: Sendable, Equatable {
    /// The voice, and a pause of so many microseconds after it.
    case voice(pause: Int)
    /// The author, who gave its length.
    case author
    /// The file, which says when the beat begins.
    case file
  }

  /// Creates a beat.
  public init(
    text: String, prompt: String, startMicroseconds: Int, durationMicroseconds: Int,
    voiceMicroseconds: Int? = nil, timing: Timing = .author, scene: Int, offset: Int, length: Int,
    kind: Kind = .narration, reasons: [Reason] = []
  ) {
    self.text = text
    self.prompt = prompt
    self.startMicroseconds = startMicroseconds
    self.durationMicroseconds = durationMicroseconds
    self.voiceMicroseconds = voiceMicroseconds ?? durationMicroseconds
    self.timing = timing
    self.scene = scene
    self.offset = offset
    self.length = length
    self.kind = kind
    self.reasons = reasons
  }

  /// When the beat begins, in seconds.
  public var start: Double { Double(startMicroseconds) / 1_000_000 }

  /// How long the beat lasts, in seconds.
  public var duration: Double { Double(durationMicroseconds) / 1_000_000 }

  /// When the beat ends, in microseconds; the next beat begins there.
  public var endMicroseconds: Int { startMicroseconds + durationMicroseconds }
}
