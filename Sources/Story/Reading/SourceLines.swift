/// The lines of a source, whatever ends them.
struct SourceLines {
  let source: [UInt8]

  /// The lines from an offset on, without their ends.
  func lines(from start: Int) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var line = start
    var i = start
    while i < source.count {
      let byte = source[i]
      if byte == 0x0A || byte == 0x0D {
        lines.append(line..<i)
        if byte == 0x0D, i + 1 < source.count, source[i + 1] == 0x0A { i += 1 }
        line = i + 1
      }
      i += 1
    }
    if line < source.count { lines.append(line..<source.count) }
    return lines
  }
}
