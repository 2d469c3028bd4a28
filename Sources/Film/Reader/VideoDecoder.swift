import CFFmpeg
import Glibc

/// Owns one video decoder: packets in, RGB out.
final class VideoDecoder {
  private let context: UnsafeMutablePointer<AVCodecContext>
  private let frame: Frame
  private let timeBase: AVRational
  private let path: String
  private var known: ColorConverter?
  private var isDraining = false

  init(_ stream: UnsafeMutablePointer<AVStream>, path: String) throws(FilmError) {
    self.path = path
    timeBase = stream.pointee.time_base
    guard let codec = avcodec_find_decoder(stream.pointee.codecpar.pointee.codec_id) else {
      throw .unreadable(path: path, reason: "this FFmpeg can't decode it")
    }
    frame = try Frame()
    context = try allocated(avcodec_alloc_context3(codec), "a decoder", path)
    try check(
      avcodec_parameters_to_context(context, stream.pointee.codecpar), "opening the decoder", path)
    context.pointee.thread_count = 1
    try check(avcodec_open2(context, codec, nil), "opening the decoder", path)
  }

  deinit {
    var context: UnsafeMutablePointer<AVCodecContext>? = context
    avcodec_free_context(&context)
  }

  /// Gives the decoder a packet, or nil after the last.
  func send(_ packet: Packet?) throws(FilmError) {
    if packet == nil {
      guard !isDraining else { return }
      isDraining = true
    }
    try check(avcodec_send_packet(context, packet?.raw), "decoding", path)
  }

  /// The next picture, or nil when the decoder wants another packet.
  func receive() throws(FilmError) -> FilmFrame? {
    let code = avcodec_receive_frame(context, frame.raw)
    if code == fabula_averror(EAGAIN) || code == fabula_AVERROR_EOF { return nil }
    try check(code, "decoding", path)
    let raw = frame.raw.pointee
    let (width, height) = (Int(raw.width), Int(raw.height))
    let converter = try converter(width, height, AVPixelFormat(rawValue: raw.format))
    return FilmFrame(
      rgb: try converter.convert(frame), width: width, height: height,
      time: Double(raw.best_effort_timestamp) * av_q2d(timeBase))
  }

  private func converter(_ width: Int, _ height: Int, _ format: AVPixelFormat) throws(FilmError)
    -> ColorConverter
  {
    if let known { return known }
    let new = try ColorConverter(width: width, height: height, from: format, to: AV_PIX_FMT_RGB24)
    known = new
    return new
  }
}
