/// Pictures as sixels: columns of six pixels, one colour after another, as DEC's terminals drew
/// them and xterm, foot, mlterm and Windows Terminal do.
enum Sixel {
  /// Colours are a cube of six levels a channel; a little noise of a fixed pattern hides the steps.
  private static let levels = 6

  /// The picture with every pixel made `scale` pixels wide and high.
  static func text(_ rgb: [UInt8], width: Int, height: Int, scale: Int) -> String {
    let (w, h) = (width * scale, height * scale)
    var text = "\u{1B}P7;1;q\"1;1;\(w);\(h)"
    for index in 0..<levels * levels * levels {
      let (r, g, b) = (index / 36, index / 6 % 6, index % 6)
      text += "#\(index);2;\(r * 20);\(g * 20);\(b * 20)"
    }
    for top in stride(from: 0, to: h, by: 6) {
      text += band(rgb, width: width, rows: top..<min(top + 6, h), columns: w, scale: scale) + "-"
    }
    return text + "\u{1B}\\"
  }

  /// Six rows: for each colour in them, which of a column's six pixels have it.
  private static func band(
    _ rgb: [UInt8], width: Int, rows: Range<Int>, columns: Int, scale: Int
  ) -> String {
    var masks: [Int: [UInt8]] = [:]
    for y in rows {
      for x in 0..<columns {
        let at = (y / scale * width + x / scale) * 3
        let colour = colour(rgb, at, x, y)
        masks[colour, default: [UInt8](repeating: 0, count: columns)][x] |=
          1 << (y - rows.lowerBound)
      }
    }
    return masks.sorted { $0.key < $1.key }.map { "#\($0.key)" + runs($0.value) }
      .joined(separator: "$")
  }

  private static func colour(_ rgb: [UInt8], _ at: Int, _ x: Int, _ y: Int) -> Int {
    // A 2 × 2 ordered dither, in 51sts: the distance of two levels.
    let threshold = [6, 32, 45, 19][(y & 1) * 2 + (x & 1)]
    return (0..<3).reduce(0) { $0 * levels + min(5, (Int(rgb[at + $1]) + threshold) / 51) }
  }

  /// A row of masks; four and more of one kind are counted.
  private static func runs(_ masks: [UInt8]) -> String {
    var text = ""
    var start = 0
    while start < masks.count {
      var end = start + 1
      while end < masks.count, masks[end] == masks[start] { end += 1 }
      let sixel = String(UnicodeScalar(63 + masks[start]))
      let count = end - start
      text += count > 3 ? "!\(count)\(sixel)" : String(repeating: sixel, count: count)
      start = end
    }
    return text
  }
}
