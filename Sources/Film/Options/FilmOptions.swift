import Foundation

/// What a film looks like as a file.
public struct FilmOptions: Sendable, Equatable {
  /// Pixels across.
  public var width: Int
  /// Pixels down.
  public var height: Int
  /// Frames a second.
  public var fps: FrameRate
  /// How pictures are encoded.
  public var codec: Codec
  /// What kind of file holds them.
  public var container: Container
  /// Quality, smaller is better; nil takes the codec's default (18 for H.264).
  public var crf: Int?
  /// The encoder's own name for its trade of time against size; nil takes a sensible one.
  public var preset: String?
  /// Threads of the encoder: few, so that the model keeps the processor.
  public var threads: Int
  /// Frames that may wait for the encoder before `append` blocks.
  public var queue: Int
  /// Whether each H.264 or HEVC frame is encoded at once, without a look at those that follow.
  /// Films are a little larger, but where a frame takes seconds a killed process loses none.
  public var isImmediate: Bool
  /// Whether subtitles are drawn into the pictures instead of written as a track.
  public var burnsSubtitles: Bool

  /// Options for a file of this name, whose extension picks container and codec (H.264 in MP4
  /// where it has none that is known).
  public init(
    path: String, width: Int, height: Int, fps: FrameRate = FrameRate(24), codec: Codec? = nil,
    crf: Int? = nil, preset: String? = nil, threads: Int = 1, queue: Int = 8,
    isImmediate: Bool = false, burnsSubtitles: Bool = false
  ) {
    self.width = width
    self.height = height
    self.fps = fps
    self.container = Container(path: path) ?? .mp4
    self.codec = codec ?? self.container.defaultCodec
    self.crf = crf
    self.preset = preset
    self.threads = threads
    self.queue = queue
    self.isImmediate = isImmediate
    self.burnsSubtitles = burnsSubtitles
  }

  /// Bytes of one RGB frame.
  public var frameBytes: Int { width * height * 3 }
}
