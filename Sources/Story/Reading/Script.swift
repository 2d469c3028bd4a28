/// A story freed of its markup: what is read aloud, in passages, with the way back to the source.
struct Script: Sendable {
  /// What is read aloud, as UTF-8.
  var text: [UInt8] = []
  /// Where pieces of `text` come from; sorted, the first at 0. Empty means `text` is the source.
  var pieces: [Piece] = []
  /// The passages, in order; they don't overlap.
  var passages: [Passage] = []
  /// What the author says about single beats, in order.
  var directives: [Directive] = []
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
    note(source: range.lowerBound)
    text.append(contentsOf: source[range])
  }

  /// Appends text that stands for something else in the source.
  mutating func write(_ string: String, at offset: Int) {
    pieces.append(Piece(text: text.count, source: offset))
    text.append(contentsOf: string.utf8)
  }

  /// Notes that what is appended next comes from an offset of the source.
  private mutating func note(source offset: Int) {
    if let last = pieces.last, last.source + text.count - last.text == offset { return }
    pieces.append(Piece(text: text.count, source: offset))
  }

  /// Tells prose from verse and lists in the blocks, now that the text is complete.
  mutating func layOut() {
    let layout = Layout(text: Characters(bytes: text))
    passages = passages.flatMap { passage in
      guard passage.kind == .block else { return [passage] }
      return layout.passages(in: passage.range)
    }
  }

  /// The stretch of source that a stretch of text spans.
  func source(of range: Range<Int>) -> Range<Int> {
    guard !pieces.isEmpty, !range.isEmpty else { return range }
    let start = source(of: range.lowerBound)
    return start..<max(start + 1, source(of: range.upperBound - 1) + 1)
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
