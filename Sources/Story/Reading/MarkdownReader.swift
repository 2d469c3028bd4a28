/// Reads Markdown: headings are chapters, thematic breaks are scene breaks, code, images and
/// addresses are not read aloud. Indented text is prose here, not code: stories are indented.
struct MarkdownReader {
  let source: [UInt8]
  /// Where the text begins, after the front matter.
  var start = 0

  func script() -> Script {
    var state = State()
    for line in SourceLines(source: source).lines(from: start) { read(line, &state) }
    flush(&state)
    state.script.layOut()
    settleTitle(&state.script)
    return state.script
  }

  private struct State {
    var script = Script()
    /// The lines of the paragraph that is being read, markup inside lines still there.
    var lines: [Range<Int>] = []
    /// The fence that closes the code block.
    var fence: String?
    /// Where an unclosed comment began.
    var comment: Int?
    var headings: [(level: Int, title: String)] = []
  }

  private func read(_ line: Range<Int>, _ state: inout State) {
    let text = String(decoding: source[line], as: UTF8.self)
    let trimmed = text.trimmed
    if let fence = state.fence {
      if trimmed.hasPrefix(fence) { state.fence = nil }
      return
    }
    if let open = state.comment {
      guard let close = text.utf8.firstRange(of: "-->".utf8) else { return }
      let end =
        line.lowerBound + text.utf8.distance(from: text.utf8.startIndex, to: close.lowerBound)
      take(comment: open..<end, isTrailing: false, &state)
      state.comment = nil
      let rest = end + 3..<line.upperBound
      if !Characters(bytes: source).trimmed(rest).isEmpty { state.lines.append(rest) }
      return
    }
    if trimmed.isEmpty { return flush(&state) }
    if trimmed.hasPrefix("```") || trimmed.hasPrefix("~~~") {
      flush(&state)
      state.fence = String(trimmed.prefix(3))
      return
    }
    if trimmed.hasPrefix("<!--"), !trimmed.contains("-->") {
      flush(&state)
      state.comment =
        line.lowerBound + text.utf8.count - text.drop(while: \.isWhitespace).utf8.count + 4
      return
    }
    if let heading = Self.heading(text) {
      flush(&state)
      addHeading(
        heading.level, line.lowerBound + heading.start..<line.lowerBound + heading.end, &state)
      return
    }
    if let last = state.lines.last, let level = Self.underline(trimmed) {
      state.lines.removeLast()
      flush(&state)
      addHeading(level, last, &state)
      return
    }
    if Self.isBreak(trimmed) {
      flush(&state)
      addBreak(line, &state)
      return
    }
    if Self.isDefinition(trimmed) { return }
    let content = Self.contentStart(of: text)
    let rest = line.lowerBound + content.start..<line.upperBound
    if content.isItem { flush(&state) }
    state.lines.append(rest)
  }

  private func take(comment range: Range<Int>, isTrailing: Bool, _ state: inout State) {
    let comment = String(decoding: source[range], as: UTF8.self)
    if let directive = Directive(
      comment: comment, offset: state.script.text.count, isTrailing: isTrailing)
    {
      state.script.directives.append(directive)
    }
  }

  private func addBreak(_ line: Range<Int>, _ state: inout State) {
    let start = state.script.text.count
    state.script.copy(line, of: source)
    state.script.passages.append(
      Passage(kind: .sceneBreak, range: start..<state.script.text.count))
    state.script.write("\n\n", at: line.upperBound)
  }

  private func addHeading(_ level: Int, _ range: Range<Int>, _ state: inout State) {
    let start = state.script.text.count
    MarkdownInline(source: source).append(range, to: &state.script)
    let title = wording(of: state.script.text[start...])
    guard !title.isEmpty else { return }
    state.headings.append((level, title))
    state.script.passages.append(
      Passage(kind: .heading(level), range: start..<state.script.text.count))
    state.script.write("\n\n", at: range.upperBound)
    if state.headings.count == 1, level == 1 { state.script.title = title }
  }

  /// Ends the paragraph.
  private func flush(_ state: inout State) {
    guard !state.lines.isEmpty else { return }
    let start = state.script.text.count
    let inline = MarkdownInline(source: source)
    for (index, line) in state.lines.enumerated() {
      if index > 0 { state.script.write("\n", at: line.lowerBound) }
      inline.append(line, to: &state.script)
    }
    state.lines = []
    let end = state.script.text.count
    state.script.passages.append(Passage(kind: .block, range: start..<end))
    state.script.write(
      "\n\n", at: state.script.source(of: max(start, end - 1)..<max(start + 1, end)).upperBound)
  }

  /// One heading of the first level above all others is the title.
  private func settleTitle(_ script: inout Script) {
    let firsts = script.passages.count { $0.kind == .heading(1) }
    if firsts > 1 { script.title = nil }
  }

  /// `## The Storm ##`: its level and where its words are in the line.
  static func heading(_ line: String) -> (level: Int, start: Int, end: Int)? {
    let bytes = Array(line.utf8)
    guard let first = bytes.firstIndex(where: { $0 != 0x20 }), first < 4, bytes[first] == 0x23
    else {
      return nil
    }
    let level = bytes[first...].prefix { $0 == 0x23 }.count
    let start = first + level
    guard level < 7, start < bytes.count, bytes[start] == 0x20 || bytes[start] == 0x09 else {
      return nil
    }
    var end = bytes.count
    while end > start, bytes[end - 1] <= 0x20 || bytes[end - 1] == 0x23 { end -= 1 }
    return end > start ? (level, start, end) : nil
  }

  private static func underline(_ line: String) -> Int? {
    if line.count > 1, line.allSatisfy({ $0 == "=" }) { return 1 }
    return line.count > 1 && line.allSatisfy { $0 == "-" } ? 2 : nil
  }

  private static func isBreak(_ line: String) -> Bool {
    let marks = line.filter { !$0.isWhitespace }
    guard let first = marks.first, marks.allSatisfy({ $0 == first }) else { return false }
    return "*-_".contains(first) ? marks.count > 2 : "⁂✻❦§~#".contains(first)
  }

  /// `[name]: address` and footnotes.
  private static func isDefinition(_ line: String) -> Bool {
    guard line.hasPrefix("["), let close = line.range(of: "]:") else { return false }
    return line.distance(from: line.startIndex, to: close) < 60
  }

  /// Where a line's words begin, behind the marks of quotations and lists.
  private static func contentStart(of line: String) -> (start: Int, isItem: Bool) {
    let bytes = Array(line.utf8)
    var i = 0
    func skipSpace() { while i < bytes.count, bytes[i] == 0x20 || bytes[i] == 0x09 { i += 1 } }
    skipSpace()
    while i < bytes.count, bytes[i] == 0x3E {
      i += 1
      skipSpace()
    }
    let isBullet = i + 1 < bytes.count && "*+-".utf8.contains(bytes[i]) && bytes[i + 1] == 0x20
    if isBullet {
      i += 2
      skipSpace()
      return (i, true)
    }
    let digits = bytes[i...].prefix { $0.isASCIIDigit }.count
    let isNumbered =
      (1...3).contains(digits) && i + digits + 1 < bytes.count
      && (bytes[i + digits] == 0x2E || bytes[i + digits] == 0x29) && bytes[i + digits + 1] == 0x20
    return (i, isNumbered)
  }
}

extension StringProtocol {
  /// The first place of another string; the standard library's search is a regular expression's.
  func range(of other: String) -> Index? {
    utf8.firstRange(of: other.utf8)?.lowerBound
  }
}

extension Collection where Element: Equatable {
  /// The first place of another collection.
  func firstRange(of other: some Collection<Element>) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      var (i, j) = (start, other.startIndex)
      while i < endIndex, j < other.endIndex, self[i] == other[j] {
        i = index(after: i)
        j = other.index(after: j)
      }
      if j == other.endIndex { return start..<i }
      start = index(after: start)
    }
    return nil
  }
}
