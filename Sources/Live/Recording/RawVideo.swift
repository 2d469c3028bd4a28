/// Video as YUV4MPEG2, which players and OBS read from a pipe: a header, then frames of planes.
public struct RawVideo: Sendable {
  private let width: Int
  private let height: Int

  /// Video of this size.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// What goes before the first frame; the rate is a fraction.
  public func header(frames: Int, seconds: Int) -> [UInt8] {
    Array("YUV4MPEG2 W\(width) H\(height) F\(frames):\(seconds) Ip A1:1 C444\n".utf8)
  }

  /// One frame. Players take this for BT.601 of limited range, so that is what it is.
  public func frame(_ rgb: [UInt8]) -> [UInt8] {
    let head = Array("FRAME\n".utf8)
    let count = width * height
    var bytes = head + [UInt8](repeating: 0, count: count * 3)
    for i in 0..<count {
      let (r, g, b) = (Int(rgb[3 * i]), Int(rgb[3 * i + 1]), Int(rgb[3 * i + 2]))
      let at = head.count + i
      bytes[at] = UInt8((66 * r + 129 * g + 25 * b + 128) >> 8 + 16)
      bytes[at + count] = UInt8((-38 * r - 74 * g + 112 * b + 128) >> 8 + 128)
      bytes[at + 2 * count] = UInt8((112 * r - 94 * g - 18 * b + 128) >> 8 + 128)
    }
    return bytes
  }
}
