/// Reads plain text: blank lines part paragraphs, rows of stars or dashes part scenes.
struct PlainReader {
  let source: [UInt8]
  /// Where the text begins, after the front matter.
  var start = 0

  func script() -> Script {
    var script = Script(text: source)
    let text = Characters(bytes: source)
    let layout = Layout(text: text)
    for block in blocks() {
      let first = script.passages.count
      script.passages += layout.passages(in: block)
      if first < script.passages.count { markHeading(&script.passages, at: first, text) }
    }
    PlainHeadings(text: text).settle(&script)
    return script
  }

  private func markHeading(_ passages: inout [Passage], at index: Int, _ text: Characters) {
    guard passages[index].kind == .paragraph else { return }
    let isAlone = index == passages.count - 1
    if let level = PlainHeadings(text: text).level(of: passages[index].range, isAlone: isAlone) {
      passages[index].kind = .heading(level)
    }
  }

  /// The stretches of lines that blank lines part.
  func blocks() -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var open: Int?
    var end = start
    for line in SourceLines(source: source).lines(from: start) {
      if isBlank(line) {
        if let first = open { blocks.append(first..<end) }
        open = nil
      } else if open == nil {
        open = line.lowerBound
      }
      end = line.upperBound
    }
    if let first = open { blocks.append(first..<end) }
    return blocks
  }

  private func isBlank(_ line: Range<Int>) -> Bool {
    for i in line where source[i] > 0x20 {
      // Only the ideographic and the no-break space begin like this and are white space.
      if source[i] != 0xE3 && source[i] != 0xC2 && source[i] != 0xE2 { return false }
      return Characters(bytes: source).trimmed(line).isEmpty
    }
    return true
  }
}
