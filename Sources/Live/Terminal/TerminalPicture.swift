import Foundation

/// A picture as text that a terminal draws.
public enum TerminalPicture: String, CaseIterable, Sendable {
  /// Half blocks, two pixels a cell, in 24-bit colour: for any terminal of today.
  case halfBlocks = "blocks"
  /// Sixels: xterm, foot, mlterm, Windows Terminal and others.
  case sixel
  /// Kitty's graphics protocol, also spoken by Ghostty, WezTerm and Konsole.
  case kitty

  /// What the terminal of these environment variables is known to draw, where it doesn't say.
  public init(environment: [String: String]) {
    let term = environment["TERM", default: ""]
    let program = environment["TERM_PROGRAM", default: ""]
    // A multiplexer between us and the terminal swallows pictures.
    let isInside = environment["TMUX"] != nil || term.hasPrefix("screen")
    let speaksKitty =
      term.contains("kitty") || environment["KITTY_WINDOW_ID"] != nil
      || ["ghostty", "WezTerm"].contains(program)
    let speaksSixel = term.hasPrefix("foot") || term.hasPrefix("mlterm") || term == "xterm-sixel"
    self = isInside ? .halfBlocks : speaksKitty ? .kitty : speaksSixel ? .sixel : .halfBlocks
  }

  /// The picture of `rgb`, at most so many cells of so many pixels large. The cursor is left at the
  /// beginning of the line below it.
  public func text(
    _ rgb: [UInt8], width: Int, height: Int, columns: Int, rows: Int,
    cell: (width: Int, height: Int) = (8, 16)
  ) -> String {
    // A cell is about twice as high as wide.
    let scale = min(Double(columns) / Double(width), Double(rows * 2) / Double(height))
    let (w, h) = (
      max(1, Int(Double(width) * scale)), max(1, Int((Double(height) * scale / 2).rounded(.down)))
    )
    switch self {
    case .halfBlocks: return Self.blocks(rgb, width, height, columns: w, rows: h)
    case .sixel:
      let room = (width: columns * cell.width, height: rows * cell.height)
      return Self.sixels(rgb, width, height, room: room, largest: w * 8 / width) + "\r\n"
    case .kitty: return Self.graphics(rgb, width, height, columns: w, rows: h)
    }
  }

  private static func blocks(
    _ rgb: [UInt8], _ width: Int, _ height: Int, columns: Int, rows: Int
  ) -> String {
    let halves = resized(rgb, from: (width, height), to: (columns, 2 * rows))
    func colour(_ x: Int, _ y: Int) -> String {
      let i = (y * columns + x) * 3
      return "\(halves[i]);\(halves[i + 1]);\(halves[i + 2])"
    }
    var text = ""
    for y in 0..<rows {
      for x in 0..<columns {
        text += "\u{1B}[38;2;\(colour(x, 2 * y))m\u{1B}[48;2;\(colour(x, 2 * y + 1))m▀"
      }
      text += "\u{1B}[0m\u{1B}[K\r\n"
    }
    return text
  }

  /// In a room of so many pixels: a larger picture would make the terminal scroll every time. Its
  /// pixels become at most `largest` times as large, as terminals are slow with many.
  private static func sixels(
    _ rgb: [UInt8], _ width: Int, _ height: Int, room: (width: Int, height: Int), largest: Int
  ) -> String {
    let scale = min(room.width / width, room.height / height)
    if scale >= 1 {
      return Sixel.text(rgb, width: width, height: height, scale: max(1, min(scale, largest)))
    }
    let isWide = room.width * height < room.height * width
    let w = isWide ? room.width : max(1, width * room.height / height)
    let h = isWide ? max(1, height * room.width / width) : room.height
    let small = resized(rgb, from: (width, height), to: (w, h))
    return Sixel.text(small, width: w, height: h, scale: 1)
  }

  /// The same number every time, so that each picture takes the place of the one before.
  private static func graphics(
    _ rgb: [UInt8], _ width: Int, _ height: Int, columns: Int, rows: Int
  ) -> String {
    let data = Array(Data(rgb).base64EncodedString().utf8)
    var text = ""
    var start = 0
    while start < data.count {
      let end = min(start + 4096, data.count)
      let control =
        start == 0
        ? "a=T,q=2,f=24,s=\(width),v=\(height),i=1,p=1,c=\(columns),r=\(rows),C=1," : ""
      let more = end < data.count ? 1 : 0
      text += "\u{1B}_G\(control)m=\(more);"
      text += String(decoding: data[start..<end], as: UTF8.self) + "\u{1B}\\"
      start = end
    }
    return text + String(repeating: "\r\n", count: rows)
  }
}
