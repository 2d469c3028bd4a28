/// How pictures are encoded.
public enum Codec: String, Sendable, CaseIterable, Codable {
  /// H.264: plays everywhere.
  case h264
  /// HEVC: smaller, plays on newer devices.
  case hevc
  /// AV1: smallest, slow.
  case av1
  /// ProRes 422 HQ: for editors.
  case prores
  /// FFV1: lossless.
  case ffv1
  /// Animated GIF: 256 colours, no sound, no subtitles.
  case gif
  /// Animated WebP: no sound, no subtitles.
  case webp
}
