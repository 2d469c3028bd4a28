/// A drawn picture.
public struct Drawing: Sendable {
  /// Rows of red, green, blue bytes, [H, W, 3].
  public let rgb: [UInt8]
  /// What the last step left for the decoder, of ``Engine/latentShape``, before unscaling.
  public let denoisedLatents: [Float]
  /// The decoder's output, [H, W, 3], not clamped.
  private let pixels: [Float]

  init(rgb: [UInt8], pixels: [Float], denoisedLatents: [Float]) {
    self.rgb = rgb
    self.pixels = pixels
    self.denoisedLatents = denoisedLatents
  }

  /// The picture before rounding, [3, H, W], clamped to 0...1, as diffusers returns it.
  public var image: [Float] {
    pixels.withUnsafeBufferPointer { Layout.channelsFirst($0, [3, 1, pixels.count / 3]) }
      .map { min(max($0, 0), 1) }
  }
}
