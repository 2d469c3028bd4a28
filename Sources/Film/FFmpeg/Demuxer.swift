import CFFmpeg
import Glibc

/// Owns a file that is being read.
final class Demuxer {
  let path: String
  let context: UnsafeMutablePointer<AVFormatContext>

  init(path: String) throws(FilmError) {
    fabula_log_capture()
    fabula_log_clear()
    self.path = path
    var context: UnsafeMutablePointer<AVFormatContext>?
    let code = avformat_open_input(&context, "file:" + path, nil, nil)
    guard code >= 0 else { throw .unreadable(path: path, reason: text(of: code)) }
    self.context = try allocated(context, "a file", path)
    // What a killed process had half written is not part of the film.
    self.context.pointee.flags |= AVFMT_FLAG_DISCARD_CORRUPT
    let found = avformat_find_stream_info(self.context, nil)
    guard found >= 0 else { throw .unreadable(path: path, reason: text(of: found)) }
  }

  deinit {
    var context: UnsafeMutablePointer<AVFormatContext>? = context
    avformat_close_input(&context)
  }

  /// The streams in the file's order.
  var streams: [UnsafeMutablePointer<AVStream>] {
    (0..<Int(context.pointee.nb_streams)).compactMap { context.pointee.streams[$0] }
  }

  /// Reads the next packet of any stream into `packet`; false at the end of the file.
  func read(into packet: Packet) throws(FilmError) -> Bool {
    av_packet_unref(packet.raw)
    let code = av_read_frame(context, packet.raw)
    if code == fabula_AVERROR_EOF { return false }
    try check(code, "reading", path)
    return true
  }
}
