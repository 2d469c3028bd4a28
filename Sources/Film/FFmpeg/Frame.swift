import CFFmpeg

/// Owns one raw picture or stretch of sound, outside or inside FFmpeg's pixel formats.
final class Frame {
  let raw: UnsafeMutablePointer<AVFrame>

  init() throws(FilmError) {
    raw = try allocated(av_frame_alloc(), "a frame", "FFmpeg")
  }

  /// A picture with its own memory.
  convenience init(width: Int, height: Int, format: AVPixelFormat) throws(FilmError) {
    try self.init()
    raw.pointee.width = Int32(width)
    raw.pointee.height = Int32(height)
    raw.pointee.format = format.rawValue
    try check(av_frame_get_buffer(raw, 0), "allocating a frame", "FFmpeg")
  }

  /// Encoders may still hold the last picture: get memory of our own before writing the next.
  func makeWritable() throws(FilmError) {
    try check(av_frame_make_writable(raw), "allocating a frame", "FFmpeg")
  }

  deinit {
    var frame: UnsafeMutablePointer<AVFrame>? = raw
    av_frame_free(&frame)
  }
}
