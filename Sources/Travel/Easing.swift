import Foundation

/// How speed is spread over a leg: a monotone curve from (0, 0) to (1, 1).
public enum Easing: String, CaseIterable, Sendable, Codable {
  /// One speed from end to end.
  case linear
  /// One speed with a short run-up and run-out; never faster than 1.12 times the mean.
  case soft
  /// Smoothstep, 3u² − 2u³; up to 1.5 times the mean.
  case smooth
  /// Half a cosine; up to π/2 times the mean.
  case sine
  /// Perlin's smootherstep, 6u⁵ − 15u⁴ + 10u³; up to 1.875 times the mean.
  case smoother
  /// Cubic in and out; up to 3 times the mean.
  case cubic

  /// The share of the way done when the share `u` of the time has passed.
  public func callAsFunction(_ u: Double) -> Double {
    let u = min(max(u, 0), 1)
    switch self {
    case .linear: return u
    case .soft: return Self.trapezoid(u, ramp: 0.1)
    case .smooth: return u * u * (3 - 2 * u)
    case .sine: return (1 - cos(.pi * u)) / 2
    case .smoother: return u * u * u * (u * (6 * u - 15) + 10)
    case .cubic: return u < 0.5 ? 4 * u * u * u : 1 - 4 * (1 - u) * (1 - u) * (1 - u)
    }
  }

  /// Distance done under a speed that rises linearly for `ramp`, stays, and falls for `ramp`.
  private static func trapezoid(_ u: Double, ramp: Double) -> Double {
    let top = 1 / (1 - ramp)
    if u < ramp { return top * u * u / (2 * ramp) }
    if u > 1 - ramp { return 1 - top * (1 - u) * (1 - u) / (2 * ramp) }
    return top * (u - ramp / 2)
  }
}
