/// Takes the markup out of a line of Markdown: what is left is read aloud.
struct MarkdownInline {
  let source: [UInt8]

  /// Appends the words of a range of the source to a script.
  func append(_ range: Range<Int>, to script: inout Script) {
    let start = script.text.count
    var i = range.lowerBound
    var copied = i
    func copy(upTo end: Int, _ script: inout Script) {
      if copied < end { script.copy(copied..<end, of: source) }
    }
    while i < range.upperBound {
      guard Self.isMark(source[i]), let mark = mark(at: i, in: range) else {
        i += 1
        continue
      }
      copy(upTo: i, &script)
      switch mark {
      case .skip(let end): i = end
      case .inner(let inner, let end):
        append(inner, to: &script)
        i = end
      case .text(let string, let end):
        script.write(string, at: i)
        i = end
      case .comment(let inner, let end):
        // At the end of a line it speaks of the words before it, if there are any.
        let isTrailing =
          script.text[start...].contains { $0 > 0x20 }
          && Characters(bytes: source).trimmed(end..<range.upperBound).isEmpty
        if let directive = Directive(
          comment: String(decoding: source[inner], as: UTF8.self), offset: script.text.count,
          isTrailing: isTrailing)
        {
          script.directives.append(directive)
        }
        i = end
      }
      copied = i
    }
    copy(upTo: range.upperBound, &script)
  }

  fileprivate enum Mark {
    case skip(Int)
    case inner(Range<Int>, Int)
    case text(String, Int)
    case comment(Range<Int>, Int)
  }

  @inline(__always)
  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2A, 0x5F, 0x60, 0x5B, 0x21, 0x3C, 0x5C, 0x26, 0x68, 0x7E: true
    default: false
    }
  }

  private func mark(at i: Int, in range: Range<Int>) -> Mark? {
    switch source[i] {
    case 0x2A, 0x5F: emphasis(at: i, in: range)
    case 0x60: .skip(i + 1)
    case 0x5B: link(at: i, in: range)
    case 0x21:
      // An image is drawn anew.
      i + 1 < range.upperBound && source[i + 1] == 0x5B
        ? link(at: i + 1, in: range).map { .skip($0.end) } : nil
    case 0x3C: tag(at: i, in: range)
    case 0x5C: escape(at: i, in: range)
    case 0x26: entity(at: i, in: range)
    case 0x68: address(at: i, in: range)
    case 0x7E:
      i + 1 < range.upperBound && source[i + 1] == 0x7E ? .skip(i + 2) : nil
    default: nil
    }
  }

  private func emphasis(at i: Int, in range: Range<Int>) -> Mark? {
    var end = i
    while end < range.upperBound, source[end] == source[i] { end += 1 }
    let before = i > range.lowerBound ? source[i - 1] : 0x20
    let after = end < range.upperBound ? source[end] : 0x20
    if before <= 0x20 && after <= 0x20 { return nil }
    func isWord(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte.isASCIIDigit || byte >= 0x80 }
    if source[i] == 0x5F && isWord(before) && isWord(after) { return nil }
    return .skip(end)
  }

  private func close(_ mark: UInt8, from i: Int, in range: Range<Int>) -> Int? {
    // A bracket that is not closed soon is no link; the search must not run to the end each time.
    let limit = min(range.upperBound, i + 1000)
    var depth = 0
    for j in i..<limit {
      if source[j] == mark {
        if depth == 0 { return j }
        depth -= 1
      } else if source[j] == (mark == 0x5D ? 0x5B : 0x28), mark != 0x3E {
        depth += 1
      }
    }
    return nil
  }

  private func link(at i: Int, in range: Range<Int>) -> Mark? {
    guard let end = close(0x5D, from: i + 1, in: range) else { return nil }
    // [^1] is a footnote's mark.
    if source[i + 1] == 0x5E { return .skip(end + 1) }
    guard end + 1 < range.upperBound else { return nil }
    if source[end + 1] == 0x28, let close = close(0x29, from: end + 2, in: range) {
      return .inner(i + 1..<end, close + 1)
    }
    if source[end + 1] == 0x5B, let close = close(0x5D, from: end + 2, in: range) {
      return .inner(i + 1..<end, close + 1)
    }
    return nil
  }

  private func tag(at i: Int, in range: Range<Int>) -> Mark? {
    if source[i..<range.upperBound].starts(with: "<!--".utf8) {
      let rest = source[(i + 4)..<range.upperBound]
      guard let close = rest.firstRange(of: "-->".utf8) else { return nil }
      return .comment(i + 4..<close.lowerBound, close.upperBound)
    }
    guard i + 1 < range.upperBound, let end = close(0x3E, from: i + 1, in: range) else {
      return nil
    }
    let next = source[i + 1]
    guard next.isASCIILetter || next == 0x2F else { return nil }
    let isBreak = source[i...end].starts(with: "<br".utf8)
    return isBreak ? .text("\n", end + 1) : .skip(end + 1)
  }

  private func escape(at i: Int, in range: Range<Int>) -> Mark? {
    guard i + 1 < range.upperBound else { return .skip(i + 1) }
    let next = source[i + 1]
    let isMark = (0x21...0x7E).contains(next) && !next.isASCIILetter && !next.isASCIIDigit
    return isMark ? .text(String(Unicode.Scalar(next)), i + 2) : nil
  }

  private func entity(at i: Int, in range: Range<Int>) -> Mark? {
    let limit = min(range.upperBound, i + 10)
    guard let end = source[i..<limit].firstIndex(of: 0x3B) else { return nil }
    let name = String(decoding: source[(i + 1)..<end], as: UTF8.self)
    guard let text = Self.entities[name] else { return nil }
    return .text(text, end + 1)
  }

  private func address(at i: Int, in range: Range<Int>) -> Mark? {
    let rest = source[i..<range.upperBound]
    guard rest.starts(with: "http://".utf8) || rest.starts(with: "https://".utf8) else {
      return nil
    }
    var end = i
    while end < range.upperBound, source[end] > 0x20, source[end] != 0x29, source[end] != 0x3E {
      end += 1
    }
    while end > i, ".,!?;:".utf8.contains(source[end - 1]) { end -= 1 }
    return .skip(end)
  }

  static let entities = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "mdash": "—",
    "ndash": "–", "hellip": "…", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”",
    "laquo": "«", "raquo": "»",
  ]
}

extension MarkdownInline.Mark {
  fileprivate var end: Int {
    switch self {
    case .skip(let end), .inner(_, let end), .text(_, let end), .comment(_, let end): end
    }
  }
}
