/// Finds the sentences of a passage.
///
/// One pass over the bytes stops at the marks that can end a sentence and asks what comes before
/// and after. What stands between matching quotation marks or brackets is stepped over whole.
/// The classes of characters are ICU's (Sentence_Break); ICU's own iterator is not used, because
/// its boundaries lack some that stories need ("world.Today") and most of its others must be undone.
struct Segmenter: Sendable {
  let text: Characters
  let rules: LanguageRules

  init(text: [UInt8], rules: LanguageRules) {
    self.text = Characters(bytes: text)
    self.rules = rules
  }

  /// The sentences in a range of the text, white space around them left out.
  func sentences(in range: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = range.lowerBound
    for end in boundaries(in: range) + [range.upperBound] {
      let sentence = text.trimmed(start..<end)
      if !sentence.isEmpty { found.append(sentence) }
      start = end
    }
    return found
  }

  /// The offsets at which sentences end, in order, the end of the range left out.
  func boundaries(in range: Range<Int>) -> [Int] {
    var scan = Scan(
      range: range, quotations: Quotations(in: range, of: text).ranges,
      items: InlineLists(in: range, of: text).starts)
    scan.isLowercase = isLowercase(range)
    while scan.position < range.upperBound { step(&scan) }
    return scan.ends
  }

  /// Where a scan has come to.
  struct Scan {
    let range: Range<Int>
    let quotations: [Range<Int>]
    let items: [Int]
    var position: Int
    var sentence: Int
    var quotation = 0
    var item = 0
    var ends: [Int] = []
    /// Whether the text has no capitals, so that a small letter may begin a sentence.
    var isLowercase = false

    init(range: Range<Int>, quotations: [Range<Int>], items: [Int]) {
      self.range = range
      self.quotations = quotations
      self.items = items
      position = range.lowerBound
      sentence = range.lowerBound
    }

    mutating func end(at offset: Int) {
      if offset > sentence { ends.append(offset) }
      sentence = offset
    }
  }

  private func step(_ scan: inout Scan) {
    let i = scan.position
    if scan.item < scan.items.count, scan.items[scan.item] <= i {
      if scan.items[scan.item] > scan.sentence { scan.end(at: scan.items[scan.item]) }
      scan.item += 1
    }
    if scan.quotation < scan.quotations.count, scan.quotations[scan.quotation].lowerBound <= i {
      let quotation = scan.quotations[scan.quotation]
      scan.quotation += 1
      guard quotation.lowerBound == i else { return }
      scan.position = quotation.upperBound
      if endsSentence(quotation, scan) { scan.end(at: quotation.upperBound) }
      return
    }
    let byte = text.bytes[i]
    if byte < 0x80 {
      scan.position = i + 1
      guard mayEnd(byte) else { return }
    } else {
      scan.position = text.index(after: i)
      guard mayEnd(text.scalar(at: i)) else { return }
    }
    guard let stop = Stop(at: i, limit: scan.range.upperBound, in: text, rules: rules) else {
      return
    }
    scan.position = max(scan.position, stop.end)
    if let end = boundary(at: stop, scan) { scan.end(at: end) }
  }

  @inline(__always)
  private func mayEnd(_ byte: UInt8) -> Bool {
    byte == 0x2E || byte == 0x21 || byte == 0x3F || byte == 0x3A && rules.endsAtColon
      || byte == 0x3B && rules.endsAtSemicolon
  }

  @inline(__always)
  private func mayEnd(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "…" { return true }
    let kind = scalar.kind
    return kind == .terminator || kind == .fullStop
  }

  private func isLowercase(_ range: Range<Int>) -> Bool {
    var letters = 0
    var i = range.lowerBound
    while i < range.upperBound, letters < 400 {
      let kind = text.scalar(at: i).kind
      if kind == .upper { return false }
      if kind == .lower { letters += 1 }
      i = text.index(after: i)
    }
    return letters > 0
  }
}
