/// Finds what stands between matching quotation marks or brackets: no sentence ends in there.
struct Quotations {
  /// The outermost matched stretches, marks included, in order.
  private(set) var ranges: [Range<Int>] = []

  /// Where the first quotation mark stands that was opened and never closed.
  private(set) var unclosed: Int?

  /// Longer quotations are read sentence by sentence: speeches, and marks left open by mistake.
  static let longest = 1500

  private static let deepest = 12

  private let text: Characters
  private let range: Range<Int>
  private var open: [Mark] = []
  private var pairs: [Range<Int>] = []

  private struct Mark {
    var offset: Int
    /// The marks that may close it.
    var family: Family
  }

  private enum Family {
    case straight, straightSingle, curly, curlySingle, low, lowSingle, guillemets,
      reversedGuillemets
    case singleGuillemets, corner, whiteCorner, title, round, wideRound, square, lenticular
  }

  init(in range: Range<Int>, of text: Characters) {
    self.text = text
    self.range = range
    scan()
    keepOutermost()
  }

  private mutating func scan() {
    var i = range.lowerBound
    while i < range.upperBound {
      let byte = text.bytes[i]
      if byte < 0x80 {
        if Self.isMark(byte) { takeASCII(byte, at: i) }
        i += 1
        continue
      }
      let next = text.index(after: i)
      // Marks outside ASCII are « » (C2) and those of general, CJK and full-width punctuation.
      if byte == 0xC2 || byte == 0xE2 || byte == 0xE3 || byte == 0xEF {
        take(text.scalar(at: i), at: i, next: next)
      }
      i = next
    }
  }

  @inline(__always)
  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x27, 0x28, 0x29, 0x2C, 0x5B, 0x5D: true
    default: false
    }
  }

  private mutating func takeASCII(_ byte: UInt8, at i: Int) {
    switch byte {
    case 0x22: straightQuote(at: i)
    case 0x27: apostrophe(at: i, next: i + 1, family: .straightSingle, mayOpen: true)
    case 0x28: begin(.round, at: i)
    case 0x29: end([.round], at: i, next: i + 1)
    case 0x5B: begin(.square, at: i)
    case 0x5D: end([.square], at: i, next: i + 1)
    default:
      // Two commas are a German typewriter's „.
      if i + 1 < range.upperBound, text.bytes[i + 1] == 0x2C, opens(at: i, next: i + 2) {
        begin(.low, at: i)
      }
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar, at i: Int, next: Int) {
    switch scalar {
    case "“":
      if open.contains(where: { $0.family == .low }) {
        end([.low], at: i, next: next)
      } else {
        begin(.curly, at: i)
      }
    case "”":
      if !end([.curly, .low], at: i, next: next), opens(at: i, next: next) { begin(.curly, at: i) }
    case "„": begin(.low, at: i)
    case "‘":
      if !end([.lowSingle], at: i, next: next) { begin(.curlySingle, at: i) }
    case "’": apostrophe(at: i, next: next, family: .curlySingle, mayOpen: false)
    case "‚": begin(.lowSingle, at: i)
    case "«":
      if !end([.reversedGuillemets], at: i, next: next) { begin(.guillemets, at: i) }
    case "»":
      if !end([.guillemets], at: i, next: next), opens(at: i, next: next) {
        begin(.reversedGuillemets, at: i)
      }
    case "‹": begin(.singleGuillemets, at: i)
    case "›": end([.singleGuillemets], at: i, next: next)
    case "「", "﹁", "｢": begin(.corner, at: i)
    case "」", "﹂", "｣": end([.corner], at: i, next: next)
    case "『": begin(.whiteCorner, at: i)
    case "』": end([.whiteCorner], at: i, next: next)
    case "《", "〈": begin(.title, at: i)
    case "》", "〉": end([.title], at: i, next: next)
    case "（": begin(.wideRound, at: i)
    case "）": end([.wideRound, .round], at: i, next: next)
    case "【": begin(.lenticular, at: i)
    case "】": end([.lenticular], at: i, next: next)
    default: break
    }
  }

  private mutating func begin(_ family: Family, at i: Int) {
    if open.count == Self.deepest { open.removeFirst() }
    open.append(Mark(offset: i, family: family))
  }

  @discardableResult
  private mutating func end(_ families: [Family], at i: Int, next: Int) -> Bool {
    guard let index = open.lastIndex(where: { families.contains($0.family) }) else { return false }
    pairs.append(open[index].offset..<next)
    open.removeSubrange(index...)
    return true
  }

  /// A straight quotation mark opens or closes by the space around it.
  private mutating func straightQuote(at i: Int) {
    let isOpen = open.contains { $0.family == .straight || $0.family == .low }
    let opens = opens(at: i, next: i + 1)
    let closes = closes(at: i, next: i + 1)
    if isOpen && (closes || !opens) {
      end([.straight, .low], at: i, next: i + 1)
    } else if opens {
      // A mark that was left open gives way, so that one mistake doesn't swallow the paragraph.
      if let index = open.lastIndex(where: { $0.family == .straight }) {
        open.removeSubrange(index...)
      }
      begin(.straight, at: i)
    }
  }

  /// An apostrophe is one between letters; else it opens or closes like a quotation mark.
  private mutating func apostrophe(at i: Int, next: Int, family: Family, mayOpen: Bool) {
    if mayOpen, opens(at: i, next: next) {
      if !isElision(after: next) { begin(family, at: i) }
      return
    }
    guard let before = text.scalar(before: i, limit: range.lowerBound), !before.kind.isSpace,
      open.contains(where: { $0.family == family })
    else { return }
    if let after = text.scalar(at: next, limit: range.upperBound), after.kind.isWord { return }
    if isPossessive(before, next: next, mark: text.scalar(at: i)) { return }
    end([family], at: i, next: next)
  }

  /// The dogs' tails: an s before the mark, and a true closing mark still to come.
  private func isPossessive(_ before: Unicode.Scalar, next: Int, mark: Unicode.Scalar) -> Bool {
    guard before == "s", next < range.upperBound, text.scalar(at: next) == " " else { return false }
    var i = next
    let limit = min(range.upperBound, next + 300)
    while i < limit {
      let after = text.index(after: i)
      if text.scalar(at: i) == mark, let left = text.scalar(before: i, limit: next) {
        let right = text.scalar(at: after, limit: range.upperBound)
        let isInner = left.kind.isLetter && right?.kind.isLetter == true
        if !isInner { return !left.kind.isSpace && !left.kind.isWord }
      }
      if text.scalar(at: i) == "‘" { return false }
      i = after
    }
    return false
  }

  /// 'Tis and 'em are no quotations.
  private func isElision(after i: Int) -> Bool {
    let end = text.wordEnd(from: i, to: min(range.upperBound, i + 12))
    if end > i, text.scalar(at: i).kind == .digit { return true }
    return elisions.contains(text.string(i..<end).lowercased())
  }

  private func opens(at i: Int, next: Int) -> Bool {
    guard let after = text.scalar(at: next, limit: range.upperBound), !after.kind.isSpace else {
      return false
    }
    if ",;:)".unicodeScalars.contains(after) { return false }
    if after == ".", text.scalar(at: next + 1, limit: range.upperBound) != "." { return false }
    guard let before = text.scalar(before: i, limit: range.lowerBound) else { return true }
    if before.kind.isSpace || before.isDash { return true }
    switch before {
    case "(", "[", "“", "‘", "„", "«", "\"", "¿", "¡", "'", "_", "*", "/": return true
    case ":": return after.kind.isLetter
    default: return before.isUnspaced && after.kind.isLetter
    }
  }

  private func closes(at i: Int, next: Int) -> Bool {
    guard let before = text.scalar(before: i, limit: range.lowerBound) else { return false }
    if before.kind.isSpace { return false }
    guard let after = text.scalar(at: next, limit: range.upperBound) else { return true }
    return !after.kind.isWord
  }

  private static func isSpeech(_ family: Family) -> Bool {
    switch family {
    case .straight, .curly, .low, .guillemets, .reversedGuillemets, .corner: true
    default: false
    }
  }

  /// Drops what is inside another pair, after dropping pairs that are too long to be speech.
  private mutating func keepOutermost() {
    pairs.sort { $0.lowerBound < $1.lowerBound }
    for pair in pairs where pair.count <= Self.longest {
      if let last = ranges.last, pair.lowerBound < last.upperBound { continue }
      ranges.append(pair)
    }
    unclosed = open.first { Self.isSpeech($0.family) }?.offset
    pairs = []
    open = []
  }
}

private let elisions: Set<String> = [
  "tis", "twas", "twere", "twill", "twould", "tisn't", "twasn't", "em", "til", "nuff",
  "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties",
]
