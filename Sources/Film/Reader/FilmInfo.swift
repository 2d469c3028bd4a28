/// What a film's file says about itself.
public struct FilmInfo: Sendable, Equatable {
  /// Pixels across.
  public var width: Int
  /// Pixels down.
  public var height: Int
  /// Frames a second.
  public var fps: FrameRate
  /// How long the pictures play, in seconds.
  public var duration: Double
  /// FFmpeg's name of the pixel format, as in "yuv420p".
  public var pixelFormat: String
  /// The colour matrix, primaries, transfer and range, as in "bt709/bt709/bt709/tv".
  public var colours: String
  /// Everything in the file, in its order.
  public var streams: [StreamInfo]
  /// The scenes.
  public var chapters: [Chapter]
  /// Title and the rest.
  public var metadata: [String: String]
}

/// One stream of a film.
public struct StreamInfo: Sendable, Equatable {
  /// "video", "audio", "subtitle", "data" or "attachment".
  public var kind: String
  /// FFmpeg's name of the codec, as in "h264" or "mov_text".
  public var codec: String
  /// A three-letter code, nil where the file has none.
  public var language: String?
  /// Whether players choose it unasked.
  public var isDefault: Bool
  /// Whether it is a cover and not a moving picture.
  public var isCover: Bool
  /// How long it plays, in seconds; nil where the file doesn't say.
  public var duration: Double?
  /// Samples a second, for sound.
  public var rate: Int?
}
