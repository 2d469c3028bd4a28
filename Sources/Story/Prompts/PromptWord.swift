/// A word of a text, as the prompts see it.
struct PromptWord: Sendable, Equatable {
  /// The word as it stands, with the marks that touch it.
  var text: String
  /// Its letters in lower case.
  var key: String
  /// Whether it begins with a capital.
  var isCapital: Bool
  /// Whether it is said by somebody in the story: no news of where the scene is.
  var isQuoted = false
  /// Whether a mark after it ends a clause.
  var endsClause = false

  /// The word without the marks around it.
  var bare: String {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.firstIndex(where: \.kind.isWord),
      let last = scalars.lastIndex(where: \.kind.isWord)
    else { return text }
    var bare = String.UnicodeScalarView()
    bare.append(contentsOf: scalars[first...last])
    return String(bare)
  }

  /// The words of a text.
  static func words(of text: String) -> [PromptWord] {
    let text = Characters(bytes: Array(text.utf8))
    var words: [PromptWord] = []
    var depth = 0
    var i = 0
    while i < text.bytes.count {
      if text.bytes[i] == 0x20 {
        i += 1
        continue
      }
      var end = i
      while end < text.bytes.count, text.bytes[end] != 0x20 { end += 1 }
      words.append(PromptWord(i..<end, of: text, quotationDepth: &depth))
      i = end
    }
    return words
  }

  private init(_ range: Range<Int>, of text: Characters, quotationDepth depth: inout Int) {
    var key: [UInt8] = []
    var isASCII = true
    var isMarkLast = false
    isCapital = false
    let opened = depth > 0
    var i = range.lowerBound
    while i < range.upperBound {
      let scalar = text.scalar(at: i)
      let next = text.index(after: i)
      let isWord = scalar.kind.isWord
      isMarkLast = !isWord
      if isWord || !key.isEmpty && (scalar == "'" || scalar == "’" || scalar == "-") {
        if key.isEmpty { isCapital = scalar.kind == .upper }
        if scalar.value < 0x80 {
          key.append(0x41...0x5A ~= scalar.value ? text.bytes[i] | 0x20 : text.bytes[i])
        } else if scalar == "’" {
          key.append(0x27)
        } else {
          isASCII = false
          key += text.bytes[i..<next]
        }
      }
      switch scalar {
      case "„", "「", "『": depth += 1
      case "”", "」", "』": depth = max(0, depth - 1)
      // These open in one language and close in another.
      case "\"", "“", "«", "»": depth = depth > 0 ? depth - 1 : depth + 1
      default: break
      }
      i = next
    }
    while let last = key.last, last == 0x27 || last == 0x2D { key.removeLast() }
    let string = String(decoding: key, as: UTF8.self)
    self.key = isASCII ? string : string.lowercased()
    self.text = text.string(range)
    isQuoted = opened || depth > 0
    endsClause = isMarkLast
  }
}
