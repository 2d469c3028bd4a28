/// A story freed of its markup: what is read aloud, in passages, with the way back to the source.
struct Script: Sendable {
  /// What is read aloud, as UTF-8.
  var text: [UInt8] = []
  /// Where pieces of `text` come from; sorted, the first at 0. Empty means `text` is the source.
  var pieces: [Piece] = []
  /// The passages, in order; they don't overlap.
  var passages: [Passage] = []
  /// The title, where the text itself gives one.
  var title: String?

  /// A stretch of text that was copied from the source unchanged.
  struct Piece: Sendable {
    /// Where it begins in `Script.text`.
    var text: Int
    /// Where it begins in the source.
    var source: Int
  }

  /// Appends source bytes to the text.
  mutating func copy(_ range: Range<Int>, of source: [UInt8]) {
    guard !range.isEmpty else { return }
    let last = pieces.last
    if last.map({ $0.source + text.count - $0.text != range.lowerBound }) ?? true {
      pieces.append(Piece(text: text.count, source: range.lowerBound))
    }
    text.append(contentsOf: source[range])
  }

  /// The stretch of source that a stretch of text spans.
  func source(of range: Range<Int>) -> Range<Int> {
    guard !pieces.isEmpty, !range.isEmpty else { return range }
    return source(of: range.lowerBound)..<source(of: range.upperBound - 1) + 1
  }

  private func source(of offset: Int) -> Int {
    var (low, high) = (0, pieces.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if pieces[middle].text <= offset { low = middle } else { high = middle }
    }
    return pieces[low].source + offset - pieces[low].text
  }
}
