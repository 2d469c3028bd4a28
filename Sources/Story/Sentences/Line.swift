/// What the layout needs to know of a line.
struct Line {
  /// The line without white space around it.
  var range: Range<Int>
  /// Columns of white space before it.
  var indent: Int
  /// Characters.
  var width: Int
  /// Characters of its first word.
  var firstWord: Int
  /// Its first letter, digit or mark.
  var start: CharacterKind
  /// Whether it begins with a bullet, an item's number or a dash of dialogue.
  var hasMarker: Bool
  /// Whether it is a row of stars, dashes or the like.
  var isRule: Bool
  var endsSentence: Bool
  var endsWithComma: Bool
  var endsWithColon: Bool
  /// Exactly one space at the end: text that was copied from a page.
  var hasTrailingSpace: Bool
  /// Two spaces or a backslash at the end: Markdown's hard break.
  var hasHardBreak: Bool
  /// Whether it is in capitals throughout, as a heading.
  var isShouted: Bool
  /// Whether its script has no spaces between words.
  var isUnspaced: Bool
  /// Whether it ends with an article or the like, which a word must follow.
  var endsInSmallWord: Bool
  /// Whether it ends in a particle that more must follow (Japanese).
  var endsInParticle: Bool

  /// Measures a line; nil when it is blank.
  init?(_ line: Range<Int>, in text: Characters) {
    range = text.trimmed(line)
    guard !range.isEmpty else { return nil }
    indent = 0
    for i in line.lowerBound..<range.lowerBound {
      indent +=
        text.bytes[i] == 0x09 ? 4 : text.bytes[i] == 0xE3 ? 2 : text.bytes[i] == 0x20 ? 1 : 0
    }
    (width, firstWord) = (0, 0)
    var (letters, capitals, inFirst) = (0, 0, true)
    var i = range.lowerBound
    while i < range.upperBound {
      let kind = text.scalar(at: i).kind
      if kind != .extend { width += 1 }
      if inFirst {
        if kind.isSpace { inFirst = false } else { firstWord += 1 }
      }
      if kind == .upper { capitals += 1 }
      if kind.isLetter { letters += 1 }
      i = text.index(after: i)
    }
    let first = text.scalar(at: range.lowerBound)
    let last = text.scalar(at: text.index(before: range.upperBound))
    start = first.kind
    isShouted = letters > 1 && capitals == letters
    isRule = letters == 0 && Self.isRule(range, in: text)
    hasMarker = Self.hasMarker(range, in: text)
    endsSentence = last.kind == .fullStop || last.kind == .terminator || last.kind == .close
    endsWithComma = last == "," || last == ";" || last.isDash || last == "，" || last == "、"
    endsWithColon = last == ":" || last == "："
    let trailing = line.upperBound - range.upperBound
    hasTrailingSpace = trailing == 1 && text.bytes[range.upperBound] == 0x20
    hasHardBreak = last == "\\" && range.count > 1
    isUnspaced =
      first.isUnspaced || last.isUnspaced || (first.kind == .close && last.value > 0x2E7F)
    endsInSmallWord = Self.endsInSmallWord(range, in: text)
    endsInParticle = "のはがをにへとでもや、".unicodeScalars.contains(last)
  }

  private static func endsInSmallWord(_ range: Range<Int>, in text: Characters) -> Bool {
    var start = range.upperBound
    while start > range.lowerBound, text.bytes[start - 1] > 0x20 {
      start -= 1
      if range.upperBound - start > 6 { return false }
    }
    return smallWords.contains(text.string(start..<range.upperBound))
  }

  /// A row of marks without words parts scenes.
  private static func isRule(_ range: Range<Int>, in text: Characters) -> Bool {
    var marks = 0
    var i = range.lowerBound
    while i < range.upperBound {
      let scalar = text.scalar(at: i)
      switch scalar {
      case "*", "-", "_", "=", "~", "#", "•", "·", "—", "–", "⁂", "✻", "✽", "❦", "§", "◇", "◆", "☆",
        "★", "※",
        "+", "⁎", "∗", "＊", "○", "●", "♦", "❧", "☙", "✦", "✧", "…", ".":
        marks += 1
      default: if !scalar.kind.isSpace { return false }
      }
      i = text.index(after: i)
    }
    let first = text.scalar(at: range.lowerBound)
    if first == "." || first == "…" { return false }
    return marks > 2 || range.count > 1 || first == "#" || first == "*" || first == "§"
      || first == "~"
  }

  private static func hasMarker(_ range: Range<Int>, in text: Characters) -> Bool {
    let first = text.scalar(at: range.lowerBound)
    let second = text.index(after: range.lowerBound)
    if Layout.isBullet(first) || first == "※" || 0x2460...0x24FF ~= first.value { return true }
    if first.isDash {
      // A dash and a word: an item, or a turn of a dialogue. Two hyphens are neither.
      return second < range.upperBound && !text.scalar(at: second).isDash
    }
    if first == "*" || first == "+" {
      return second < range.upperBound && text.scalar(at: second).kind.isSpace
    }
    return isNumber(range, in: text)
  }

  /// 1. 1) (1) a) iv. 第一
  private static func isNumber(_ range: Range<Int>, in text: Characters) -> Bool {
    var i = range.lowerBound
    let bracket = text.scalar(at: i) == "(" || text.scalar(at: i) == "（"
    if bracket { i = text.index(after: i) }
    let first = i
    let limit = min(range.upperBound, first + 6)
    while i < limit, text.bytes[i].isASCIIDigit || text.bytes[i].isASCIILetter { i += 1 }
    guard i > first, i < range.upperBound else { return false }
    let isDigits = text.bytes[first].isASCIIDigit
    let isRoman = text.bytes[first..<i].allSatisfy { "ivxIVX".utf8.contains($0) }
    guard isDigits ? i - first <= 3 : i - first == 1 || isRoman else { return false }
    let close = text.scalar(at: i)
    if close == ")" || close == "）" { return true }
    guard close == ".", !bracket else { return false }
    let after = text.index(after: i)
    guard after < range.upperBound else { return true }
    let next = text.scalar(at: after)
    // I. is a heading's number or a person's initial; only digits and small letters make items.
    return (next.kind.isSpace || next == ")") && (isDigits || text.bytes[first] >= 0x61)
  }
}

private let smallWords: Set<String> = [
  "the", "a", "an", "of", "and", "der", "die", "das", "den", "dem", "ein", "eine", "einen",
  "einem", "und", "im", "zur", "zum", "le", "les", "un", "une", "du", "des", "et", "el", "los",
  "las", "una", "del", "y", "il", "gli", "della", "os", "um", "uma", "het", "een", "en",
]
