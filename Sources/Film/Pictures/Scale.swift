import CFFmpeg

extension Picture {
  /// The picture in another size, in 8 bits.
  public func scaled(width: Int, height: Int) throws(FilmError) -> Picture {
    if width == self.width, height == self.height {
      return Picture(width: width, height: height, rgb: rgb, text: text)
    }
    guard width > 0, height > 0, self.width > 0, self.height > 0,
      pixels.count == self.width * self.height * 3
    else {
      throw .options("\(size) can't be scaled to \(width)x\(height)")
    }
    let flags = (width < self.width ? SWS_AREA : SWS_BICUBIC) | SWS_ACCURATE_RND
    let context = try allocated(
      sws_getContext(
        Int32(self.width), Int32(self.height), AV_PIX_FMT_RGB24, Int32(width), Int32(height),
        AV_PIX_FMT_RGB24, flags, nil, nil, nil), "a scaler", "the picture")
    defer { sws_freeContext(context) }
    let source = try Frame.rgb(width: self.width, height: self.height)
    let target = try Frame.rgb(width: width, height: height)
    try source.fill(rgb)
    fabula_planes(source.raw).withMemoryRebound(to: UnsafePointer<UInt8>?.self, capacity: 8) {
      _ = sws_scale(
        context, $0, fabula_strides(source.raw), 0, Int32(self.height),
        fabula_planes(target.raw), fabula_strides(target.raw))
    }
    return Picture(width: width, height: height, rgb: target.rgbPixels, text: text)
  }
}
