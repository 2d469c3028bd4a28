/// Gives moments their places in time, exactly: microseconds that add up to the total.
struct Timetable {
  /// When each moment begins, with the end of the last one: one more than there are moments.
  private(set) var starts: [Int] = []

  /// Lays moments out one after another; those with times of their own keep them.
  init(
    _ moments: [Moment], fixed: [Int: Int], pace: Pace, shortest: Int, longest: Int, total: Int?
  ) {
    if moments.contains(where: { $0.time != nil }) {
      starts = Self.given(moments)
      if let total { scale(to: total) }
      return
    }
    let lengths = moments.enumerated().map { index, moment in
      fixed[index] ?? max(shortest, moment.speech + pace.time(of: moment.pause))
    }
    guard let total else {
      starts = lengths.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
      return
    }
    // Lengths that the author gave stay, as long as they leave room for the others.
    let given = fixed.values.reduce(0, +)
    let room = lengths.count - fixed.count
    let keep = room > 0 && total - given > room * min(shortest, 200_000)
    let rows = lengths.enumerated().map { index, length in
      Row(length: Double(length), isFixed: keep && fixed[index] != nil)
    }
    starts = Self.fitted(rows, to: total, shortest: Double(shortest), longest: Double(longest))
  }

  /// A cue is shown until the next one begins.
  private static func given(_ moments: [Moment]) -> [Int] {
    var starts: [Int] = []
    for moment in moments {
      let start = moment.time?.lowerBound ?? starts.last ?? 0
      starts.append(max(start, starts.last ?? 0))
    }
    let end = moments.compactMap { $0.time?.upperBound }.max() ?? 0
    return starts + [max(end, (starts.last ?? 0) + 1)]
  }

  private mutating func scale(to total: Int) {
    guard let end = starts.last, end > 0 else { return }
    starts = starts.map { Int((Double($0) * Double(total) / Double(end)).rounded()) }
  }

  private struct Row {
    var length: Double
    var isFixed: Bool

    /// The length stretched, between bounds where there are any.
    func stretched(by factor: Double, within bounds: ClosedRange<Double>?) -> Double {
      if isFixed { return length }
      let stretched = max(length * factor, 1e-9)
      return bounds.map { min(max(stretched, $0.lowerBound), $0.upperBound) } ?? stretched
    }
  }

  /// Stretches lengths to a total, each between the bounds where the total allows it.
  private static func fitted(
    _ rows: [Row], to total: Int, shortest: Double, longest: Double
  ) -> [Int] {
    let given = rows.reduce(0) { $0 + ($1.isFixed ? $1.length : 0) }
    let free = Double(rows.count { !$0.isFixed })
    let wanted = Double(total) - given
    let isBound = wanted >= free * shortest && wanted <= free * longest
    let bounds = isBound ? shortest...longest : nil
    func sum(_ factor: Double) -> Double {
      rows.reduce(0) { $0 + ($1.isFixed ? 0 : $1.stretched(by: factor, within: bounds)) }
    }
    var (low, high) = (0.0, 1.0)
    while sum(high) < wanted, high < 1e12 { high *= 2 }
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if sum(middle) < wanted { low = middle } else { high = middle }
    }
    // Rounding the sums, not the lengths, keeps the error under one microsecond everywhere.
    var starts = [0]
    var time = 0.0
    let scale = wanted / max(1e-6, sum(high))
    for row in rows {
      time += row.stretched(by: high, within: bounds) * (row.isFixed ? 1 : scale)
      starts.append(min(total, Int(time.rounded())))
    }
    starts[starts.count - 1] = total
    return starts
  }
}
