/// A re-timing of one leg, so that the picture changes evenly along it.
///
/// A one-step model answers equal steps between two prompts with unequal steps in the picture.
/// Probes measure how much it has changed by each of a few blends; this is the inverse of that
/// curve, interpolated without overshoot: from the share of the change to the blend.
/// Interpolation: Fritsch & Butland, "A method for constructing local monotone piecewise cubic
/// interpolants" (1984), equation 5.
public struct PaceMap: Sendable, Hashable {
  /// The share of all change that has happened at each probe, rising from 0 to 1.
  public let shares: [Double]
  /// The blends that were probed, rising from 0 to 1.
  public let blends: [Double]
  private let slopes: [Double]

  /// How much of its length a stretch counts for where nothing changes at all: a picture that
  /// stands still for a while must not be jumped over, only passed quickly.
  private static let floor = 0.02

  /// A map from the `changes` between neighbouring probes at `blends`, which rise from 0 to 1;
  /// nil where the numbers say nothing.
  public init?(blends: [Double], changes: [Double]) {
    guard blends.count >= 2, changes.count == blends.count - 1, blends.first == 0,
      blends.last == 1, zip(blends, blends.dropFirst()).allSatisfy({ $0 < $1 }),
      changes.allSatisfy({ $0 >= 0 && $0.isFinite })
    else { return nil }
    let total = changes.reduce(0, +)
    guard total > 0 else { return nil }
    var sum = 0.0
    var shares = [0.0]
    for (i, change) in changes.enumerated() {
      let even = blends[i + 1] - blends[i]
      sum += (change / total + Self.floor * even) / (1 + Self.floor)
      shares.append(sum)
    }
    shares[shares.count - 1] = 1
    self.blends = blends
    self.shares = shares
    slopes = Self.slopes(shares, blends)
  }

  /// The blend by which the share `u` of the change has happened.
  public func callAsFunction(_ u: Double) -> Double {
    if u <= 0 { return 0 }
    if u >= 1 { return 1 }
    let i = (shares.firstIndex { $0 > u } ?? shares.count - 1) - 1
    let width = shares[i + 1] - shares[i]
    let x = (u - shares[i]) / width
    let (a, b) = (blends[i], blends[i + 1])
    let (da, db) = (slopes[i] * width, slopes[i + 1] * width)
    // Cubic Hermite form.
    let square = 3 * (b - a) - 2 * da - db
    let cube = 2 * (a - b) + da + db
    let value = a + x * (da + x * (square + x * cube))
    return min(max(value, a), b)
  }

  private static func slopes(_ x: [Double], _ y: [Double]) -> [Double] {
    let secants: [Double] = (1..<x.count).map { i in
      let (rise, run) = (y[i] - y[i - 1], x[i] - x[i - 1])
      return rise / run
    }
    return x.indices.map { i in
      guard i > 0, i < x.count - 1 else { return secants[i == 0 ? 0 : secants.count - 1] }
      let (before, after) = (secants[i - 1], secants[i])
      let (h, g) = (x[i] - x[i - 1], x[i + 1] - x[i])
      let share = (h + 2 * g) / (3 * (h + g))
      return before * after / (share * after + (1 - share) * before)
    }
  }
}
