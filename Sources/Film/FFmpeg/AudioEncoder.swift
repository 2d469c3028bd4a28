import CFFmpeg
import Glibc

/// Owns one sound encoder and its source, and keeps the sound in step with the pictures.
final class AudioEncoder {
  private let context: UnsafeMutablePointer<AVCodecContext>
  private let source: SoundSource
  private let packet: Packet
  private let path: String
  private var position = 0
  private var isAtEnd = false
  private var isDrained = false

  init(_ audio: Audio, profile: SoundProfile, globalHeaders: Bool, path: String) throws(FilmError) {
    self.path = path
    guard let codec = avcodec_find_encoder_by_name(profile.encoder) else {
      throw .options("this FFmpeg has no \(profile.encoder)")
    }
    source = try SoundSource(audio)
    packet = try Packet()
    context = try allocated(avcodec_alloc_context3(codec), "a sound encoder", path)
    let channels = min(2, source.channels)
    let rate = profile.rates.isEmpty || profile.rates.contains(source.rate) ? source.rate : 48000
    context.pointee.sample_fmt = profile.format
    context.pointee.sample_rate = Int32(rate)
    av_channel_layout_default(&context.pointee.ch_layout, Int32(channels))
    context.pointee.time_base = AVRational(num: 1, den: Int32(rate))
    context.pointee.bit_rate = channels == 1 ? 96_000 : 160_000
    context.pointee.flags |= AV_CODEC_FLAG_BITEXACT
    if globalHeaders { context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER }
    try check(avcodec_open2(context, codec, nil), "opening \(profile.encoder)", path)
    try source.prepare(
      context.pointee.sample_fmt, rate: context.pointee.sample_rate,
      layout: &context.pointee.ch_layout)
  }

  deinit {
    var context: UnsafeMutablePointer<AVCodecContext>? = context
    avcodec_free_context(&context)
  }

  /// The unit of the packets' times.
  var timeBase: AVRational { context.pointee.time_base }

  /// Tells a stream what it will hold.
  func describe(_ stream: UnsafeMutablePointer<AVStream>) throws(FilmError) {
    try check(
      avcodec_parameters_from_context(stream.pointee.codecpar, context), "describing sound", path)
    stream.pointee.time_base = context.pointee.time_base
  }

  /// Encodes whole pieces of sound that end no later than the pictures.
  func encode(
    until seconds: Double, _ body: (Packet) throws(FilmError) -> Void
  ) throws(FilmError) {
    let piece = context.pointee.frame_size > 0 ? Int(context.pointee.frame_size) : 1024
    while !isAtEnd, position + piece <= samples(seconds) { try encode(piece, body) }
    // Short sound must not wait for the end of the film: the part file's head waits for it.
    if isAtEnd { try drain(body) }
  }

  /// Encodes the rest, to the sample at which the pictures end.
  func finish(
    at seconds: Double, _ body: (Packet) throws(FilmError) -> Void
  ) throws(FilmError) {
    try encode(until: seconds, body)
    let rest = samples(seconds) - position
    if !isAtEnd, rest > 0 { try encode(rest, body) }
    try drain(body)
  }

  private func drain(_ body: (Packet) throws(FilmError) -> Void) throws(FilmError) {
    guard !isDrained else { return }
    isDrained = true
    try pump(nil, body)
  }

  private func samples(_ seconds: Double) -> Int {
    Int((seconds * Double(context.pointee.sample_rate)).rounded())
  }

  private func encode(
    _ count: Int, _ body: (Packet) throws(FilmError) -> Void
  ) throws(FilmError) {
    let frame = try Frame()
    frame.raw.pointee.nb_samples = Int32(count)
    frame.raw.pointee.format = context.pointee.sample_fmt.rawValue
    frame.raw.pointee.sample_rate = context.pointee.sample_rate
    try check(
      av_channel_layout_copy(&frame.raw.pointee.ch_layout, &context.pointee.ch_layout),
      "encoding sound", path)
    try check(av_frame_get_buffer(frame.raw, 0), "allocating sound", path)
    let read = try source.read(count, into: frame)
    isAtEnd = read < count
    guard read > 0 else { return }
    frame.raw.pointee.nb_samples = Int32(read)
    frame.raw.pointee.pts = Int64(position)
    position += read
    try pump(frame.raw, body)
  }

  private func pump(
    _ frame: UnsafeMutablePointer<AVFrame>?, _ body: (Packet) throws(FilmError) -> Void
  ) throws(FilmError) {
    try Film.encode(frame, with: context, into: packet, "encoding sound", path, body)
  }
}
