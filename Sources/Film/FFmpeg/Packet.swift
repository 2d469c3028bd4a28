import CFFmpeg

/// Owns one packet: encoded data of one frame, a stretch of audio, or a subtitle.
final class Packet {
  let raw: UnsafeMutablePointer<AVPacket>

  init() throws(FilmError) {
    raw = try allocated(av_packet_alloc(), "a packet", "FFmpeg")
  }

  /// A packet that holds a copy of these bytes.
  convenience init(_ bytes: [UInt8]) throws(FilmError) {
    try self.init()
    try check(av_new_packet(raw, Int32(bytes.count)), "allocating a packet", "FFmpeg")
    for (index, byte) in bytes.enumerated() { raw.pointee.data[index] = byte }
  }

  /// A copy of what it holds.
  var bytes: [UInt8] {
    Array(UnsafeBufferPointer(start: raw.pointee.data, count: Int(raw.pointee.size)))
  }

  deinit {
    var packet: UnsafeMutablePointer<AVPacket>? = raw
    av_packet_free(&packet)
  }
}
