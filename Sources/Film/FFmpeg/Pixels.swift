import CFFmpeg

extension Frame {
  /// A frame of interleaved RGB.
  static func rgb(width: Int, height: Int) throws(FilmError) -> Frame {
    try Frame(width: width, height: height, format: AV_PIX_FMT_RGB24)
  }

  /// Copies interleaved RGB into a frame of that format, whose rows may be padded.
  func fill(_ rgb: [UInt8]) throws(FilmError) {
    try makeWritable()
    let row = Int(raw.pointee.width) * 3
    guard let target = raw.pointee.data.0 else { return }
    let stride = Int(raw.pointee.linesize.0)
    rgb.withUnsafeBufferPointer { source in
      guard let source = source.baseAddress else { return }
      for y in 0..<Int(raw.pointee.height) {
        (target + y * stride).update(from: source + y * row, count: row)
      }
    }
  }

  /// The interleaved RGB of a frame of that format.
  var rgbPixels: [UInt8] {
    let (width, height) = (Int(raw.pointee.width), Int(raw.pointee.height))
    let row = width * 3
    guard let source = raw.pointee.data.0 else { return [] }
    let stride = Int(raw.pointee.linesize.0)
    return [UInt8](unsafeUninitializedCapacity: row * height) { target, count in
      guard let target = target.baseAddress else { return }
      for y in 0..<height { (target + y * row).initialize(from: source + y * stride, count: row) }
      count = row * height
    }
  }
}
