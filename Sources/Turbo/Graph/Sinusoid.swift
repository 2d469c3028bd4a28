import Glibc

/// The embedding of a number by sines and cosines of geometric frequencies (Vaswani et al.,
/// arXiv:1706.03762; diffusers `get_timestep_embedding`).
struct Sinusoid {
  let cosineFirst: Bool
  let frequencyShift: Float

  /// Writes sin(x·fᵢ) and cos(x·fᵢ), fᵢ = 10000^(-i / (half - shift)), as one half each; an odd
  /// last element is 0.
  func embed(_ x: Float, into y: UnsafeMutableBufferPointer<Float>) {
    let half = y.count / 2
    let (sines, cosines) = cosineFirst ? (half, 0) : (0, half)
    y.update(repeating: 0)
    for i in 0..<half {
      // In float, as the reference does it: near t = 999 the rounding of the angle shows.
      let exponent = -logf(10000) * Float(i) / (Float(half) - frequencyShift)
      let angle = x * expf(exponent)
      y[sines + i] = sinf(angle)
      y[cosines + i] = cosf(angle)
    }
  }
}
