import CFFmpeg
import Glibc

/// Encodes pictures of one size as JPEG, one after another. Use from one thread at a time.
public final class JPEGEncoder {
  private let context: UnsafeMutablePointer<AVCodecContext>
  private let converter: OpaquePointer
  private let frame: Frame
  private let packet: Packet
  private let width: Int
  private let height: Int

  /// An encoder of pictures of this size. `quantizer` is FFmpeg's scale of quality, from 2 (best)
  /// to 31.
  public init(width: Int, height: Int, quantizer: Int = 3) throws(FilmError) {
    guard (1...16384).contains(width), (1...16384).contains(height) else {
      throw .options("a JPEG of \(width)x\(height) is impossible")
    }
    guard let codec = avcodec_find_encoder_by_name("mjpeg") else {
      throw .options("this FFmpeg has no mjpeg encoder")
    }
    self.width = width
    self.height = height
    // FFmpeg would say on standard error what it thinks of JPEG's pixel format.
    fabula_log_capture()
    // JPEG's colours are BT.601 of full range, which are also swscale's own.
    converter = try allocated(
      sws_getContext(
        Int32(width), Int32(height), AV_PIX_FMT_RGB24, Int32(width), Int32(height),
        AV_PIX_FMT_YUVJ444P, SWS_BILINEAR | SWS_ACCURATE_RND, nil, nil, nil),
      "a colour converter", "swscale")
    frame = try Frame(width: width, height: height, format: AV_PIX_FMT_YUVJ444P)
    packet = try Packet()
    context = try allocated(avcodec_alloc_context3(codec), "an encoder", "mjpeg")
    context.pointee.width = Int32(width)
    context.pointee.height = Int32(height)
    context.pointee.pix_fmt = AV_PIX_FMT_YUVJ444P
    context.pointee.color_range = AVCOL_RANGE_JPEG
    context.pointee.time_base = AVRational(num: 1, den: 25)
    context.pointee.thread_count = 1
    context.pointee.flags |= AV_CODEC_FLAG_QSCALE
    context.pointee.global_quality = Int32(quantizer) * FF_QP2LAMBDA
    try check(avcodec_open2(context, codec, nil), "opening mjpeg", "JPEG")
    frame.raw.pointee.quality = context.pointee.global_quality
  }

  deinit {
    sws_freeContext(converter)
    var context: UnsafeMutablePointer<AVCodecContext>? = context
    avcodec_free_context(&context)
  }

  /// The picture of interleaved RGB as a JPEG file's bytes.
  public func encode(_ rgb: [UInt8]) throws(FilmError) -> [UInt8] {
    guard rgb.count == width * height * 3 else {
      throw .frameSize(
        path: "JPEG", expected: "\(width * height * 3) bytes", found: "\(rgb.count) bytes")
    }
    try frame.makeWritable()
    rgb.withUnsafeBufferPointer { pixels in
      let source: [UnsafePointer<UInt8>?] = [pixels.baseAddress, nil, nil, nil]
      let strides: [Int32] = [Int32(width * 3), 0, 0, 0]
      sws_scale(
        converter, source, strides, 0, Int32(height), fabula_planes(frame.raw),
        fabula_strides(frame.raw))
    }
    frame.raw.pointee.pts += 1
    try check(avcodec_send_frame(context, frame.raw), "encoding", "JPEG")
    try check(avcodec_receive_packet(context, packet.raw), "encoding", "JPEG")
    return packet.bytes
  }
}
