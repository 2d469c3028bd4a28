import Glibc

/// The numbers of `torch.Generator("cpu").manual_seed(seed)`, so that a picture made with diffusers
/// can be made again here. Draws follow one another: the order of calls matters.
///
/// PyTorch, `aten/src/ATen/native/cpu/DistributionTemplates.h` (`normal_fill`) and
/// `aten/src/ATen/core/DistributionsHelper.h`. Its vector units compute logarithm and sine in
/// single precision, so the last bits may differ.
public struct TorchGenerator: Sendable {
  private var engine: MersenneTwister
  /// The second number of a pair, kept by short draws for the next short draw.
  private var spare: Double?

  /// Only the seed's lower 32 bits count, as in PyTorch.
  public init(seed: UInt64) {
    engine = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed))
  }

  /// `torch.randn(count)`: standard normal numbers.
  public mutating func normals(count: Int) -> [Float] {
    count < Self.lane ? shortDraw(count) : longDraw(count)
  }

  private static let lane = 16

  // MARK: - Fewer than sixteen: one by one, in double precision

  private mutating func shortDraw(_ count: Int) -> [Float] {
    (0..<count).map { _ in Float(nextNormal()) }
  }

  private mutating func nextNormal() -> Double {
    if let spare {
      self.spare = nil
      return spare
    }
    let angle = 2 * Double.pi * nextDouble()
    let radius = (-2 * log1p(-nextDouble())).squareRoot()
    spare = radius * sin(angle)
    return radius * cos(angle)
  }

  /// Uniform in 0 ..< 1, of 53 bits.
  private mutating func nextDouble() -> Double {
    let high = UInt64(engine.next())
    let bits = high << 32 | UInt64(engine.next())
    return Double(bits & (1 << 53 - 1)) * 0x1p-53
  }

  // MARK: - Sixteen and more: uniform numbers first, then in place by groups of sixteen

  private mutating func longDraw(_ count: Int) -> [Float] {
    var values = (0..<count).map { _ in nextFloat() }
    for start in stride(from: 0, through: count - Self.lane, by: Self.lane) {
      Self.transform(&values, start)
    }
    if count % Self.lane != 0 {
      // A rest is filled by drawing the last sixteen anew, over those that were made already.
      let start = count - Self.lane
      for i in start..<count { values[i] = nextFloat() }
      Self.transform(&values, start)
    }
    return values
  }

  /// Uniform in 0 ..< 1, of 24 bits.
  private mutating func nextFloat() -> Float {
    Float(engine.next() & (1 << 24 - 1)) * 0x1p-24
  }

  /// Box and Muller's transform: eight radii, then eight angles.
  private static func transform(_ values: inout [Float], _ start: Int) {
    for i in start..<start + lane / 2 {
      let radius = (-2 * log(1 - values[i])).squareRoot()
      let angle = 2 * Float.pi * values[i + lane / 2]
      values[i] = radius * cos(angle)
      values[i + lane / 2] = radius * sin(angle)
    }
  }
}
