/// How much the picture of one leg has changed by each blend, as far as it has been looked at.
///
/// It begins as a line through probes, and is corrected by what is measured from frame to frame: a
/// picture that turns on its way changes less from end to end than in all of its small steps.
public struct ChangeCurve: Sendable {
  private var blends: [Double]
  private var sums: [Double]

  /// How much of its length a stretch counts for where nothing changes at all: a picture that
  /// stands still for a while must not be jumped over, only passed quickly.
  private static let floor = 0.02

  /// The curve through a leg's probes.
  public init(_ probes: ProbeSeries) {
    blends = probes.blends
    sums = Self.sums(of: probes.changes)
  }

  /// The change until `blend`.
  public func callAsFunction(_ blend: Double) -> Double {
    let after = min(max(blends.firstIndex(above: blend), 1), blends.count - 1)
    let (a, b) = (blends[after - 1], blends[after])
    let part = (min(max(blend, a), b) - a) / (b - a)
    return sums[after - 1] + (sums[after] - sums[after - 1]) * part
  }

  /// The changes between neighbours of rising `positions`.
  public func changes(between positions: [Double]) -> [Double] {
    let sums = positions.map(callAsFunction)
    return zip(sums, sums.dropFirst()).map { $1 - $0 }
  }

  /// The blends by which rising `shares`, 0...1, of the change between two blends have happened.
  public func blends(at shares: [Double], from first: Double = 0, to last: Double = 1) -> [Double] {
    let knots = [first] + blends.filter { $0 > first && $0 < last } + [last]
    let heights = knots.map(height)
    let (low, high) = (heights[0], heights[heights.count - 1])
    return shares.map { share in
      if share <= 0 { return first }
      if share >= 1 { return last }
      let height = low + share * (high - low)
      let after = min(max(heights.firstIndex(above: height), 1), knots.count - 1)
      let (a, b) = (heights[after - 1], heights[after])
      let part = b > a ? (height - a) / (b - a) : 0
      return knots[after - 1] + part * (knots[after] - knots[after - 1])
    }
  }

  /// The share of the change between two blends that has happened by one between them.
  public func share(at blend: Double, from first: Double, to last: Double) -> Double {
    let (low, high) = (height(first), height(last))
    return high > low ? (height(blend) - low) / (high - low) : 0
  }

  /// The change until `blend`, and a little for every stretch.
  private func height(_ blend: Double) -> Double {
    self(blend) + Self.floor * (sums.last ?? 0) * blend
  }

  /// Takes over the changes that were `measured` between neighbours of rising `positions`; within
  /// each of these steps the change stays spread as it was.
  public mutating func correct(_ measured: [Double], between positions: [Double]) {
    let knots = Set(blends).union(positions).sorted()
    var changes = self.changes(between: knots)
    let known = self.changes(between: positions)
    var step = 0
    for i in changes.indices where knots[i] >= positions[0] {
      while step < measured.count, positions[step + 1] <= knots[i] { step += 1 }
      guard step < measured.count else { break }
      let length = positions[step + 1] - positions[step]
      let part =
        known[step] > 0 ? changes[i] / known[step] : (knots[i + 1] - knots[i]) / length
      changes[i] = measured[step] * part
    }
    (blends, sums) = (knots, Self.sums(of: changes))
  }

  private static func sums(of changes: [Double]) -> [Double] {
    var sum = 0.0
    return [0]
      + changes.map { change in
        sum += change
        return sum
      }
  }
}

extension [Double] {
  /// The index of the first number above `value` in a rising array.
  fileprivate func firstIndex(above value: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] > value { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
