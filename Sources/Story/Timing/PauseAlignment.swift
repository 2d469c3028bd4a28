import Foundation

extension Story {
  /// The story with each beat put at the pause of a recording after which it is told; nil where
  /// the recording's pauses are not those of the story.
  ///
  /// `pauses` are the recording's silences in order and `duration` its length, in microseconds.
  /// Of all ways to choose a pause between each two beats, the best one is taken: where the speech
  /// between the pauses has the length that is expected of its beat, and the pauses are long.
  public func aligned(to pauses: [Range<Int>], of duration: Int) -> Story? {
    guard beats.allSatisfy({ $0.timing != .file }),
      let alignment = PauseAlignment(beats: beats, pauses: pauses, duration: duration)
    else { return nil }
    var story = self
    for index in beats.indices {
      let (start, end) = (alignment.starts[index], alignment.starts[index + 1])
      story.beats[index].startMicroseconds = start
      story.beats[index].durationMicroseconds = end - start
      story.beats[index].voiceMicroseconds = min(end, alignment.ends[index]) - start
    }
    return story
  }
}

/// The cheapest way to part a recording at its pauses, found by dynamic programming.
private struct PauseAlignment {
  /// When each beat begins, with the end of the last one, in microseconds.
  private(set) var starts: [Int] = [0]
  /// When the voice ends in each beat.
  private(set) var ends: [Int] = []

  /// A pause where a beat may end.
  private struct Cut {
    var pause: Range<Int>
    /// What is spoken before it, in microseconds.
    var spoken: Int
  }

  private let cuts: [Cut]
  /// How much speech is expected of each beat, and before each.
  private let expected: [Double]
  private let expectedBefore: [Double]

  // How far lengths of sentences are from what is expected, as a logarithm: measured on narrators
  // it is about a quarter.
  private static let spread = 0.25
  // No narrator is more than this ahead of or behind an even pace, in microseconds.
  private static let window = 60_000_000.0
  // A beat that is so many times longer or shorter than expected is none.
  private static let limit = 3.0
  // What no estimate can be sure of, in microseconds.
  private static let slack = 200_000.0

  init?(beats: [Beat], pauses: [Range<Int>], duration: Int) {
    var cuts: [Cut] = []
    var silence = 0
    var end = duration
    for pause in pauses {
      if pause.upperBound >= duration {
        end = min(end, pause.lowerBound)
      } else if pause.lowerBound > 0 {
        cuts.append(Cut(pause: pause, spoken: pause.lowerBound - silence))
      }
      silence += pause.count
    }
    let total = Double(duration - silence)
    let voices = beats.reduce(0.0) { $0 + Double($1.voiceMicroseconds) }
    guard cuts.count >= beats.count - 1, total > 0, voices > 0 else { return nil }
    self.cuts = cuts
    expected = beats.map { Double($0.voiceMicroseconds) * total / voices }
    expectedBefore = expected.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    guard let chosen = chosen(total: Int(total)) else { return nil }
    for index in chosen {
      ends.append(cuts[index].pause.lowerBound)
      starts.append(cuts[index].pause.upperBound)
    }
    ends.append(end)
    starts.append(duration)
  }

  /// The cut after each beat but the last.
  private func chosen(total: Int) -> [Int]? {
    // The least cost of each cut as the end of the beat, and the cut before it on that way.
    var costs: [(index: Int, cost: Double)] = [(-1, 0)]
    var ways: [[Int: Int]] = []
    for beat in expected.indices.dropLast() {
      var next: [(index: Int, cost: Double)] = []
      var way: [Int: Int] = [:]
      for index in candidates(after: beat) {
        // A longer pause is a likelier one.
        let length = Double(cuts[index].pause.count) / 1_000_000
        var least = Double.infinity
        for (before, cost) in costs where before < index {
          guard let misfit = misfit(of: beat, from: before, to: cuts[index].spoken) else {
            continue
          }
          let sum = cost + misfit - log(length)
          if sum < least { (least, way[index]) = (sum, before) }
        }
        if least < .infinity { next.append((index, least)) }
      }
      guard !next.isEmpty else { return nil }
      costs = next
      ways.append(way)
    }
    let last = costs.compactMap { index, cost in
      misfit(of: expected.count - 1, from: index, to: total).map { (index, cost + $0) }
    }.min { $0.1 < $1.1 }
    guard var index = last?.0 else { return nil }
    var chosen: [Int] = []
    for way in ways.reversed() {
      chosen.append(index)
      guard let before = way[index] else { return nil }
      index = before
    }
    return chosen.reversed()
  }

  private func candidates(after beat: Int) -> Range<Int> {
    let middle = expectedBefore[beat + 1]
    func first(_ time: Double) -> Int {
      var (low, high) = (0, cuts.count)
      while low < high {
        let index = (low + high) / 2
        if Double(cuts[index].spoken) < time { low = index + 1 } else { high = index }
      }
      return low
    }
    return first(middle - Self.window)..<first(middle + Self.window)
  }

  /// How badly the speech between two cuts fits a beat; nil where it can't be the beat's.
  private func misfit(of beat: Int, from before: Int, to end: Int) -> Double? {
    let spoken = Double(end - (before < 0 ? 0 : cuts[before].spoken))
    let ratio = (spoken + Self.slack) / (expected[beat] + Self.slack)
    guard ratio < Self.limit, ratio > 1 / Self.limit else { return nil }
    let distance = log(ratio) / Self.spread
    return distance * distance / 2
  }
}
