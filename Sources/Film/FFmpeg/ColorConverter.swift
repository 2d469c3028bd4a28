import CFFmpeg

/// Converts between interleaved RGB (full range) and a codec's pixel format.
///
/// swscale's default is BT.601 whatever the tags say, so BT.709 is set explicitly; chroma sits on
/// the left of each pair of pixels, as H.264 players assume.
final class ColorConverter {
  private let context: OpaquePointer
  private let height: Int
  // swscale reads and writes some bytes beyond the last pixel: only frames have room for that.
  private let pixels: Frame

  init(width: Int, height: Int, from source: AVPixelFormat, to target: AVPixelFormat)
    throws(FilmError)
  {
    let context = try allocated(sws_alloc_context(), "a colour converter", "swscale")
    self.context = context
    self.height = height
    pixels = try Frame.rgb(width: width, height: height)
    let raw = UnsafeMutableRawPointer(context)
    let flags = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP
    var options: [(String, Int64)] = [
      ("srcw", Int64(width)), ("srch", Int64(height)), ("src_format", Int64(source.rawValue)),
      ("dstw", Int64(width)), ("dsth", Int64(height)), ("dst_format", Int64(target.rawValue)),
      ("sws_flags", Int64(flags)),
    ]
    if isSubsampled(target) { options += [("dst_h_chr_pos", 0), ("dst_v_chr_pos", 128)] }
    if isSubsampled(source) { options += [("src_h_chr_pos", 0), ("src_v_chr_pos", 128)] }
    for (name, value) in options {
      try check(av_opt_set_int(raw, name, value, 0), "setting \(name)", "swscale")
    }
    try check(sws_init_context(context, nil, nil), "preparing colours", "swscale")
    let bt709 = sws_getCoefficients(SWS_CS_ITU709)
    let unity: Int32 = 1 << 16
    // Not an error where both sides are RGB: there is no matrix to set.
    _ = sws_setColorspaceDetails(
      context, bt709, isRGB(source) ? 1 : 0, bt709, isRGB(target) ? 1 : 0, 0, unity, unity)
  }

  deinit { sws_freeContext(context) }

  /// Fills a frame of the target format from interleaved RGB of 3 bytes a pixel.
  func convert(_ rgb: [UInt8], into frame: Frame) throws(FilmError) {
    try pixels.fill(rgb)
    convert(pixels, into: frame)
  }

  /// The frame as interleaved RGB of 3 bytes a pixel.
  func convert(_ frame: Frame) throws(FilmError) -> [UInt8] {
    try pixels.makeWritable()
    convert(frame, into: pixels)
    return pixels.rgbPixels
  }

  private func convert(_ source: Frame, into target: Frame) {
    fabula_planes(source.raw).withMemoryRebound(to: UnsafePointer<UInt8>?.self, capacity: 8) {
      _ = sws_scale(
        context, $0, fabula_strides(source.raw), 0, Int32(height),
        fabula_planes(target.raw), fabula_strides(target.raw))
    }
  }
}

private func isRGB(_ format: AVPixelFormat) -> Bool {
  guard let description = av_pix_fmt_desc_get(format) else { return false }
  return description.pointee.flags & UInt64(AV_PIX_FMT_FLAG_RGB) != 0
}

private func isSubsampled(_ format: AVPixelFormat) -> Bool {
  guard let description = av_pix_fmt_desc_get(format) else { return false }
  return description.pointee.log2_chroma_h > 0
}
