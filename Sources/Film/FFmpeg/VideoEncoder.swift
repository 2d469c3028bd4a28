import CFFmpeg
import Glibc

/// Owns one video encoder: RGB in, packets out.
final class VideoEncoder {
  private let context: UnsafeMutablePointer<AVCodecContext>
  private let converter: ColorConverter?
  private let frame: Frame
  private let packet: Packet
  private let path: String
  private var count: Int64 = 0

  init(_ options: FilmOptions, globalHeaders: Bool, path: String) throws(FilmError) {
    let profile = options.codec.profile
    guard let codec = avcodec_find_encoder_by_name(profile.encoder) else {
      throw .options(
        "this FFmpeg has no \(profile.encoder): choose another codec than "
          + options.codec.rawValue)
    }
    self.path = path
    converter =
      profile.pixels == AV_PIX_FMT_PAL8
      ? nil
      : try ColorConverter(
        width: options.width, height: options.height, from: AV_PIX_FMT_RGB24, to: profile.pixels)
    frame = try Frame(width: options.width, height: options.height, format: profile.pixels)
    packet = try Packet()
    context = try allocated(avcodec_alloc_context3(codec), "an encoder", path)
    context.pointee.width = Int32(options.width)
    context.pointee.height = Int32(options.height)
    context.pointee.pix_fmt = profile.pixels
    context.pointee.time_base = options.fps.timeBase
    context.pointee.framerate = options.fps.rational
    context.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
    // A key frame a second: a killed film loses no more, and seeking is quick.
    context.pointee.gop_size = max(1, Int32(options.fps.value.rounded()))
    context.pointee.thread_count = Int32(options.threads)
    context.pointee.flags |= AV_CODEC_FLAG_BITEXACT
    if globalHeaders { context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER }
    tagColours(profile.pixels)
    // SVT-AV1 prints its configuration unless its environment forbids it.
    if options.codec == .av1 { setenv("SVT_LOG", "1", 0) }
    let settings = options.encoderSettings
    try withDictionary(settings, profile.encoder, path) { dictionary throws(FilmError) in
      try check(avcodec_open2(context, codec, &dictionary), "opening \(profile.encoder)", path)
    }
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
      avcodec_parameters_from_context(stream.pointee.codecpar, context), "describing video", path)
    stream.pointee.time_base = context.pointee.time_base
    stream.pointee.avg_frame_rate = context.pointee.framerate
    stream.pointee.r_frame_rate = context.pointee.framerate
    stream.pointee.sample_aspect_ratio = context.pointee.sample_aspect_ratio
  }

  /// Encodes the next frame and hands on the packets that are ready.
  func encode(_ rgb: [UInt8], _ body: (Packet) throws(FilmError) -> Void) throws(FilmError) {
    try frame.makeWritable()
    try converter?.convert(rgb, into: frame)
    frame.raw.pointee.pts = count
    count += 1
    try pump(frame.raw, body)
  }

  /// Encodes the next frame, which has the encoder's pixel format already.
  func encode(_ frame: Frame, _ body: (Packet) throws(FilmError) -> Void) throws(FilmError) {
    frame.raw.pointee.pts = count
    frame.raw.pointee.pict_type = AV_PICTURE_TYPE_NONE
    count += 1
    try pump(frame.raw, body)
  }

  /// Hands on the packets of the frames that the encoder still holds.
  func finish(_ body: (Packet) throws(FilmError) -> Void) throws(FilmError) {
    try pump(nil, body)
  }

  private func pump(
    _ frame: UnsafeMutablePointer<AVFrame>?, _ body: (Packet) throws(FilmError) -> Void
  ) throws(FilmError) {
    try Film.encode(frame, with: context, into: packet, "encoding", path) {
      packet throws(FilmError) in
      // FFmpeg 5.1's libx264 leaves this 0: a wrong average rate and a short last frame.
      packet.raw.pointee.duration = 1
      try body(packet)
    }
  }

  private func tagColours(_ pixels: AVPixelFormat) {
    let isRGB = (av_pix_fmt_desc_get(pixels)?.pointee.flags ?? 0) & UInt64(AV_PIX_FMT_FLAG_RGB) != 0
    context.pointee.color_range = isRGB ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG
    context.pointee.colorspace = isRGB ? AVCOL_SPC_RGB : AVCOL_SPC_BT709
    context.pointee.color_primaries = AVCOL_PRI_BT709
    context.pointee.color_trc = isRGB ? AVCOL_TRC_IEC61966_2_1 : AVCOL_TRC_BT709
    if !isRGB { context.pointee.chroma_sample_location = AVCHROMA_LOC_LEFT }
    // ProRes stores what the frames say.
    frame.raw.pointee.color_range = context.pointee.color_range
    frame.raw.pointee.colorspace = context.pointee.colorspace
    frame.raw.pointee.color_primaries = context.pointee.color_primaries
    frame.raw.pointee.color_trc = context.pointee.color_trc
  }
}
