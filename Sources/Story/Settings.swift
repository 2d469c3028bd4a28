/// What a story's front matter says about how to film it.
public struct Settings: Sendable, Equatable {
  /// The line that is added to every prompt.
  public var style: String?
  /// The size of the picture.
  public var size: Size?
  /// Frames a second.
  public var fps: Double?
  /// The seed of the noise.
  public var seed: UInt64?
  /// Seeds of single scenes and beats, where they aren't the film's; a beat's goes before its scene's.
  public var seeds: [SeedScope: UInt64]
  /// The narrator's pace in words a minute.
  public var pace: Double?
  /// Whether a voice speaks the story.
  public var narrate: Bool?
  /// The name of the voice that speaks it.
  public var voice: String?
  /// The characters and what they look like, in the order of the front matter.
  public var cast: [CastMember]
  /// Keys of the front matter that mean nothing here, in their order; a caller may warn of them.
  public var unknownKeys: [String]

  /// The size of a picture in pixels.
  public struct Size: Sendable, Equatable {
    /// Pixels across.
    public var width: Int
    /// Pixels down.
    public var height: Int

    /// Creates a size.
    public init(width: Int, height: Int) {
      self.width = width
      self.height = height
    }
  }

  /// Creates settings, by default none.
  public init(
    style: String? = nil, size: Size? = nil, fps: Double? = nil, seed: UInt64? = nil,
    seeds: [SeedScope: UInt64] = [:], pace: Double? = nil, narrate: Bool? = nil,
    voice: String? = nil, cast: [CastMember] = [],
    unknownKeys: [String] = []
  ) {
    self.style = style
    self.size = size
    self.fps = fps
    self.seed = seed
    self.seeds = seeds
    self.pace = pace
    self.narrate = narrate
    self.voice = voice
    self.cast = cast
    self.unknownKeys = unknownKeys
  }
}
