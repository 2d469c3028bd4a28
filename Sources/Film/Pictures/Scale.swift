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
    let scaled = rgb.withUnsafeBufferPointer { source in
      [UInt8](unsafeUninitializedCapacity: width * height * 3) { target, count in
        sws_scale(
          context, [source.baseAddress], [Int32(self.width * 3)], 0, Int32(self.height),
          [target.baseAddress], [Int32(width * 3)])
        count = width * height * 3
      }
    }
    return Picture(width: width, height: height, rgb: scaled, text: text)
  }
}
