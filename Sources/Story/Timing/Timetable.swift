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
    starts = Self.fitted(lengths, to: total, shortest: shortest, longest: longest)
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

  /// Stretches lengths to a total, each between the bounds where the total allows it.
  private static func fitted(
    _ lengths: [Int], to total: Int, shortest: Int, longest: Int
  ) -> [Int] {
    let wanted = Double(total)
    let isFree = total < lengths.count * shortest || total > lengths.count * longest
    func length(_ length: Int, _ factor: Double) -> Double {
      let stretched = Double(length) * factor
      if isFree { return stretched }
      // A moment that is longer by nature than the longest may stay so.
      return min(max(stretched, Double(shortest)), Double(longest))
    }
    var (low, high) = (0.0, 1.0)
    func sum(_ factor: Double) -> Double {
      lengths.reduce(0) { $0 + Self.nonZero(length($1, factor)) }
    }
    while sum(high) < wanted, high < 1e12 { high *= 2 }
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if sum(middle) < wanted { low = middle } else { high = middle }
    }
    // Rounding the sums, not the lengths, keeps the error under one microsecond everywhere.
    var starts = [0]
    var time = 0.0
    let scale = wanted / max(1, sum(high))
    for each in lengths {
      time += nonZero(length(each, high)) * scale
      starts.append(Int(time.rounded()))
    }
    starts[starts.count - 1] = total
    return starts
  }

  private static func nonZero(_ length: Double) -> Double { max(length, 1e-9) }
}
