import CFFmpeg

/// Frames a second as a fraction, so that 23.976 is exact.
public struct FrameRate: Sendable, Hashable, Codable {
  /// Frames in `den` seconds.
  public var num: Int
  /// Seconds that `num` frames take.
  public var den: Int

  /// `num` frames in `den` seconds.
  public init(_ num: Int, _ den: Int = 1) {
    self.num = num
    self.den = den
  }

  /// Frames a second.
  public var value: Double { Double(num) / Double(den) }

  /// The time at which frame `index` begins, which is also how long `index` frames last.
  public func seconds(_ index: Int) -> Double { Double(index) * Double(den) / Double(num) }

  /// How long one frame lasts, as FFmpeg counts time.
  var timeBase: AVRational { AVRational(num: Int32(clamping: den), den: Int32(clamping: num)) }
  var rational: AVRational { AVRational(num: Int32(clamping: num), den: Int32(clamping: den)) }
}

extension FrameRate: CustomStringConvertible {
  /// "24", or "24000/1001".
  public var description: String { den == 1 ? "\(num)" : "\(num)/\(den)" }
}
