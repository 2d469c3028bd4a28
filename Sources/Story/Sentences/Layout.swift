/// Tells where a line break parts what is read, and where it only ends a line on paper.
struct Layout {
  let text: Characters

  /// Below this many characters nobody breaks the lines of prose.
  private static let narrowest = 52

  /// Lines of verse are no longer than this.
  private static let widestVerse = 64

  /// The passages of a block of lines without blank lines between them.
  func passages(in block: Range<Int>) -> [Passage] {
    let lines = lines(in: block)
    guard lines.count > 1 else {
      return lines.map { Passage(kind: kind(of: $0), range: $0.range) }
    }
    let shape = Shape(lines)
    var passages: [Passage] = []
    for (index, line) in lines.enumerated() {
      let isBreak = index == 0 || breaks(lines[index - 1], line, shape)
      if isBreak {
        let continues = index > 0 && shape.isVerse && kind(of: line) == .paragraph
        passages.append(
          Passage(
            kind: continues || (shape.isVerse && index == 0) ? .line : kind(of: line),
            range: line.range, continues: continues))
      } else {
        let start = passages[passages.count - 1].range.lowerBound
        passages[passages.count - 1].range = start..<line.range.upperBound
      }
    }
    return passages
  }

  private func kind(of line: Line) -> Passage.Kind {
    if line.isRule { return .sceneBreak }
    return line.hasMarker ? .line : .paragraph
  }

  /// What the lines of a block have in common.
  private struct Shape {
    var width: Int
    /// Whether each line stands for itself.
    var hasOwnLines = false
    /// Whether the lines are those of a poem, and short pauses part them.
    var isVerse = false
    /// Whether every line is as full as it could be, as when a program wrapped it.
    var isWrapped: Bool
    var isLowercaseList: Bool

    init(_ lines: [Line]) {
      let widest = lines.map(\.width).max() ?? 0
      let inner = zip(lines, lines.dropFirst())
      let roomy = inner.count { $0.width + 1 + $1.firstWord <= widest }
      let minimum = lines.allSatisfy(\.isUnspaced) ? 15 : 30
      isWrapped = roomy == 0 && lines.count > (widest >= 60 ? 1 : 2) && widest >= minimum
      width = max(widest, lines.allSatisfy(\.isUnspaced) ? 0 : Layout.narrowest)
      let capitals = lines.count { $0.start != .lower }
      isLowercaseList =
        lines.count > 2 && capitals == 0
        && !lines.contains { $0.endsSentence || $0.width > Layout.narrowest }
      let isPunctuated = lines.dropLast().allSatisfy { $0.endsSentence || $0.endsWithComma }
      if lines.count > 2, capitals == lines.count, isPunctuated { isWrapped = false }
      if !isWrapped { isWrapped = Self.isRagged(lines, widest: widest) }
      guard !isWrapped, !lines.contains(where: \.hasMarker) else { return }
      hasOwnLines = Self.hasOwnLines(
        lines, widest: widest, roomy: roomy, capitals: capitals, isPunctuated: isPunctuated)
      // Turns of a dialogue and paragraphs without blank lines between them are no verse.
      let turns = lines.count { $0.start == .close }
      isVerse =
        hasOwnLines && widest <= 100 && turns * 2 < lines.count
        && !lines.allSatisfy { $0.endsSentence && !$0.endsWithComma }
    }

    /// Prose whose lines were broken by hand: long lines, most of which go on in small letters.
    private static func isRagged(_ lines: [Line], widest: Int) -> Bool {
      // A line that ends with "the" was not ended by a poet.
      let cut = lines.dropLast().count(where: \.endsInSmallWord)
      if cut * 3 >= lines.count, cut > 0, widest > 30 { return true }
      guard lines.count > 2, widest > 55 else { return false }
      let small = lines.dropFirst().count { $0.start == .lower }
      let isLong = lines.dropLast().allSatisfy { $0.width * 10 >= widest * 6 }
      return isLong && small * 2 >= lines.count - 1
    }

    private static func hasOwnLines(
      _ lines: [Line], widest: Int, roomy: Int, capitals: Int, isPunctuated: Bool
    ) -> Bool {
      if lines.count == 2 {
        return widest <= Layout.widestVerse && lines[0].endsWithComma && lines[1].start == .upper
          && lines[0].width < 50
      }
      if capitals == lines.count, isPunctuated || roomy > 0 && widest <= 100 { return true }
      guard widest <= Layout.widestVerse else { return false }
      let average = lines.reduce(0) { $0 + $1.width } / lines.count
      if capitals * 10 >= lines.count * 7 { return roomy > 0 }
      let open = lines.dropLast().count { $0.endsSentence || $0.endsWithComma }
      return average <= 40
        && (roomy * 3 >= lines.count - 1 || open * 3 >= (lines.count - 1) * 2)
    }
  }

  /// Whether what is read stops between two lines.
  private func breaks(_ line: Line, _ next: Line, _ shape: Shape) -> Bool {
    if line.isRule || next.isRule || next.hasMarker { return true }
    if next.indent > line.indent + 1 || shape.hasOwnLines || shape.isLowercaseList { return true }
    if line.hasHardBreak { return true }
    if next.isUnspaced && line.isUnspaced {
      return !shape.isWrapped && !line.endsInParticle
    }
    if shape.isWrapped { return false }
    if next.start == .lower {
      return line.isShouted && line.width < 40 || line.hasMarker && line.endsSentence
    }
    if line.endsWithColon { return true }
    if line.hasTrailingSpace && !line.hasMarker { return false }
    return line.width + 1 + next.firstWord <= shape.width
  }

  private func lines(in block: Range<Int>) -> [Line] {
    var lines: [Line] = []
    var start = block.lowerBound
    while start < block.upperBound {
      var end = start
      while end < block.upperBound, text.bytes[end] != 0x0A, text.bytes[end] != 0x0D { end += 1 }
      if let line = Line(start..<end, in: text) { lines.append(line) }
      start = end + 1
    }
    return lines
  }

  /// Whether a character marks an item of a list.
  static func isBullet(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "•", "⁃", "‣", "▪", "●", "◦": true
    default: false
    }
  }
}
