import CFFmpeg
import Glibc

/// Owns the decoder of a file's sound, and reads it from the beginning to the end.
final class AudioDecoder {
  private let source: Demuxer
  private let context: UnsafeMutablePointer<AVCodecContext>
  private let stream: Int32
  private let packet: Packet
  private var isDraining = false

  init(path: String) throws(FilmError) {
    source = try Demuxer(path: path)
    var codec: UnsafePointer<AVCodec>?
    stream = av_find_best_stream(source.context, AVMEDIA_TYPE_AUDIO, -1, -1, &codec, 0)
    guard stream >= 0 else { throw .unreadable(path: path, reason: "no sound in it") }
    packet = try Packet()
    context = try allocated(avcodec_alloc_context3(codec), "a decoder", path)
    let parameters = source.streams[Int(stream)].pointee.codecpar
    try check(avcodec_parameters_to_context(context, parameters), "opening the sound", path)
    context.pointee.thread_count = 1
    try check(avcodec_open2(context, codec, nil), "opening the sound", path)
  }

  deinit {
    var context: UnsafeMutablePointer<AVCodecContext>? = context
    avcodec_free_context(&context)
  }

  /// Seconds in the unit of the frames' times.
  var unit: Double { av_q2d(source.streams[Int(stream)].pointee.time_base) }

  /// Fills `frame` with the next stretch of sound; false at the end.
  func read(into frame: Frame) throws(FilmError) -> Bool {
    while true {
      let code = avcodec_receive_frame(context, frame.raw)
      if code == fabula_AVERROR_EOF { return false }
      if code != fabula_averror(EAGAIN) {
        try check(code, "decoding the sound", source.path)
        return true
      }
      try feed()
    }
  }

  private func feed() throws(FilmError) {
    while try source.read(into: packet) {
      guard packet.raw.pointee.stream_index == stream else { continue }
      try check(avcodec_send_packet(context, packet.raw), "decoding the sound", source.path)
      return
    }
    guard !isDraining else { return }
    isDraining = true
    try check(avcodec_send_packet(context, nil), "decoding the sound", source.path)
  }
}
