/// Splits what takes too long to say at clauses, into parts that are about as long as one another.
struct ClauseSplitter {
  /// No part is longer, where the text can be split at all; in microseconds.
  let longest: Int
  /// Parts are as long as this, where they can be.
  let best: Int

  init(longest: Int) {
    self.longest = longest
    best = longest * 6 / 10
  }

  /// The offsets at which a text is split, in order.
  func splits(_ spoken: SpokenText) -> [Int] {
    guard spoken.duration > longest, spoken.words.count > 1 else { return [] }
    let parts = (Double(spoken.duration) / Double(best)).rounded(.up)
    let target = Double(spoken.duration) / parts
    let words = spoken.words
    // The least cost of a text that ends before each word; a part is short, so few are looked at.
    var costs = [0.0]
    var previous = [0]
    for end in 1...words.count {
      let time = end < words.count ? words[end].time : spoken.duration
      var least = Double.infinity
      var from = end - 1
      var start = end - 1
      // Nothing that is said has so many words in so short a time; a hostile text might.
      while start >= 0, start > end - 300 {
        let length = time - words[start].time
        if length > longest, start < end - 1 { break }
        let stretch = (Double(length) - target) / target
        let cost = costs[start] + stretch * stretch
        if cost < least { (least, from) = (cost, start) }
        start -= 1
      }
      let fitness = end < words.count ? words[end].fitness : 1
      costs.append(least + (fitness > 0 ? (1 - fitness) * 1.2 : 9))
      previous.append(from)
    }
    var splits: [Int] = []
    var end = previous[words.count]
    while end > 0 {
      splits.append(words[end].offset)
      end = previous[end]
    }
    return splits.reversed()
  }
}
