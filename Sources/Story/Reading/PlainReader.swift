/// Reads plain text: blank lines part paragraphs, rows of stars or dashes part scenes.
struct PlainReader {
  let source: [UInt8]

  func script() -> Script {
    var script = Script(text: source)
    var start: Int?
    var i = 0
    while i < source.count {
      let end = source[i...].firstIndex(of: 0x0A) ?? source.count
      let blank = !source[i..<end].contains { $0 > 0x20 }
      if blank, let open = start {
        script.passages.append(Passage(kind: .paragraph, range: open..<i))
        start = nil
      } else if !blank, start == nil {
        start = i
      }
      i = end + 1
    }
    if let open = start {
      script.passages.append(Passage(kind: .paragraph, range: open..<source.count))
    }
    return script
  }
}
