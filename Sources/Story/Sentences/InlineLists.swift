/// Finds the items of a list that is written as running text: 1. One thing 2. Another thing
struct InlineLists {
  /// Where items begin, in order.
  private(set) var starts: [Int] = []

  private let text: Characters
  private let range: Range<Int>

  private struct Item {
    var offset: Int
    var style: Style
    var value: Int
    /// Whether a list may begin here: at the beginning, after a sentence or after a bullet.
    var mayBegin: Bool
  }

  private struct Style: Hashable {
    var bracket: Bool
    var suffix: String
    var alphabet: Alphabet
  }

  private enum Alphabet { case digits, lower, upper }

  init(in range: Range<Int>, of text: Characters) {
    self.text = text
    self.range = range
    let bullets = bulletStarts()
    starts = (bullets + chains(of: items(), bullets: bullets)).sorted()
  }

  private func bulletStarts() -> [Int] {
    var found: [Int] = []
    var i = range.lowerBound
    while i < range.upperBound {
      // • ‣ ⁃ ▪ ● ◦ all begin with this byte.
      if text.bytes[i] == 0xE2, Layout.isBullet(text.scalar(at: i)) {
        let before = text.scalar(before: i, limit: range.lowerBound)
        if before?.kind.isSpace ?? true { found.append(i) }
      }
      i += 1
    }
    return found
  }

  /// Everything that looks like an item's number or letter.
  private func items() -> [Item] {
    var found: [Item] = []
    var atWordStart = true
    var i = range.lowerBound
    while i < range.upperBound {
      let byte = text.bytes[i]
      if byte <= 0x20 {
        atWordStart = true
      } else {
        if atWordStart, let item = item(at: i) { found.append(item) }
        atWordStart = byte >= 0x80 && Layout.isBullet(text.scalar(at: i))
        i = text.index(after: i)
        continue
      }
      i += 1
    }
    return found
  }

  private func item(at start: Int) -> Item? {
    var i = start
    let bracket = text.bytes[i] == 0x28
    if bracket { i += 1 }
    let limit = min(range.upperBound, i + 6)
    let first = i
    while i < limit, text.bytes[i].isASCIIDigit || text.bytes[i].isASCIILetter { i += 1 }
    guard i > first, i < limit else { return nil }
    let alphabet: Alphabet
    let value: Int
    if text.bytes[first].isASCIIDigit {
      guard let number = Int(text.string(first..<i)), i - first <= 3 else { return nil }
      (alphabet, value) = (.digits, number)
    } else {
      guard i - first == 1 else { return nil }
      alphabet = text.bytes[first] >= 0x61 ? .lower : .upper
      value = Int(text.bytes[first])
    }
    let suffixStart = i
    while i < limit, text.bytes[i] == 0x2E || text.bytes[i] == 0x29 { i += 1 }
    guard i > suffixStart, i < range.upperBound, text.bytes[i] <= 0x20 else { return nil }
    let suffix = text.string(suffixStart..<i)
    // A. Smith and B. Jones are no list.
    if alphabet == .upper && suffix == "." { return nil }
    return Item(
      offset: start, style: Style(bracket: bracket, suffix: suffix, alphabet: alphabet),
      value: value, mayBegin: mayBegin(at: start))
  }

  private func mayBegin(at start: Int) -> Bool {
    let end = text.skippingSpace(backFrom: start, to: range.lowerBound)
    guard let before = text.scalar(before: end, limit: range.lowerBound) else { return true }
    return before == ":" || before.kind == .fullStop || before.kind == .terminator
      || Layout.isBullet(before)
  }

  /// The items that count on from one another, at least two.
  private func chains(of items: [Item], bullets: [Int]) -> [Int] {
    guard items.count > 1 else { return [] }
    var open: [Style: (value: Int, offsets: [Int])] = [:]
    var found: [Int] = []
    func close(_ style: Style) {
      if let chain = open[style], chain.offsets.count > 1 { found += chain.offsets }
      open[style] = nil
    }
    for item in items {
      if let chain = open[item.style], chain.value + 1 == item.value {
        open[item.style] = (item.value, chain.offsets + [item.offset])
      } else if item.mayBegin {
        close(item.style)
        open[item.style] = (item.value, [item.offset])
      }
    }
    for style in open.keys { close(style) }
    // A number right after a bullet belongs to the bullet's item.
    return found.filter { offset in
      let end = text.skippingSpace(backFrom: offset, to: range.lowerBound)
      return text.scalar(before: end, limit: range.lowerBound).map { !Layout.isBullet($0) } ?? true
    }
  }
}

extension UInt8 {
  var isASCIIDigit: Bool { 0x30...0x39 ~= self }
  var isASCIILetter: Bool { 0x41...0x5A ~= self & 0xDF }
}
