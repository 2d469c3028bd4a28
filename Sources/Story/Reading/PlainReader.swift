/// Reads plain text: blank lines part paragraphs, rows of stars or dashes part scenes.
struct PlainReader {
  let source: [UInt8]

  func script() -> Script {
    var script = Script(text: source)
    let layout = Layout(text: Characters(bytes: source))
    for block in blocks() { script.passages += layout.passages(in: block) }
    return script
  }

  /// The stretches of lines that blank lines part.
  func blocks() -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var start: Int?
    var line = 0
    while line < source.count {
      let end = lineEnd(from: line)
      if isBlank(line..<end) {
        if let open = start { blocks.append(open..<line) }
        start = nil
      } else if start == nil {
        start = line
      }
      line = end + 1
    }
    if let open = start { blocks.append(open..<source.count) }
    return blocks
  }

  /// The end of a line, whether a line feed or a carriage return ends it.
  private func lineEnd(from start: Int) -> Int {
    var i = start
    while i < source.count, source[i] != 0x0A {
      if source[i] == 0x0D, i + 1 < source.count, source[i + 1] != 0x0A { return i }
      i += 1
    }
    return i
  }

  private func isBlank(_ line: Range<Int>) -> Bool {
    for i in line where source[i] > 0x20 {
      // The ideographic and the no-break space are white space too.
      return Characters(bytes: source).trimmed(line).isEmpty
    }
    return true
  }
}
