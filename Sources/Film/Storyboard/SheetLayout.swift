/// Where everything goes on a contact sheet.
struct SheetLayout {
  /// A picture and its place.
  struct Place {
    var picture: Picture
    var box: Script.Box
  }

  private(set) var width = 0
  private(set) var height = 0
  private(set) var places: [Place] = []
  private(set) var lines: [Script.Line] = []
  /// Size of letters in pixels.
  let letters: Int
  private let gap: Int
  private let cell: Int

  private static let largest = 16384
  private static let captionLines = 3

  init(_ board: Storyboard, columns: Int?, cell: Int) throws(FilmError) {
    let cells = board.cells
    guard let first = cells.first else { throw .noFrames(path: board.title) }
    guard (48...4096).contains(cell), (columns ?? 1) > 0 else {
      throw .options("a contact sheet needs a column and cells of 48 to 4096 pixels")
    }
    self.cell = cell
    letters = max(11, cell / 15)
    gap = max(8, cell / 16)
    let columns = columns ?? board.naturalColumns
    let tall = cells.map { cell * $0.picture.height / max(1, $0.picture.width) }.max() ?? cell
    let top = gap + letters * 3 + gap
    let step = tall + letters * (Self.captionLines + 1) + gap
    let rows = (cells.count + columns - 1) / columns
    width = gap + min(columns, cells.count) * (cell + gap)
    height = top + rows * step
    guard width <= Self.largest, height <= Self.largest, first.picture.width > 0 else {
      throw .options(
        "a contact sheet of \(cells.count) pictures is too large: choose smaller cells or the page")
    }
    addHead(board)
    for (number, entry) in cells.enumerated() {
      add(entry, x: gap + number % columns * (cell + gap), y: top + number / columns * step)
    }
  }

  private mutating func addHead(_ board: Storyboard) {
    let inside = width - 2 * gap
    lines.append(
      Script.Line(
        text: shortened(board.title, inside, lines: 1, size: letters * 3 / 2),
        box: Script.Box(x: gap, y: gap, width: inside, height: letters * 2),
        size: letters * 3 / 2, bold: true))
    lines.append(
      Script.Line(
        text: shortened(board.note, inside, lines: 1, size: letters),
        box: Script.Box(x: gap, y: gap + letters * 2, width: inside, height: letters * 2)))
  }

  private mutating func add(_ entry: Storyboard.Cell, x: Int, y: Int) {
    let tall = max(1, cell * entry.picture.height / max(1, entry.picture.width))
    places.append(
      Place(picture: entry.picture, box: Script.Box(x: x, y: y, width: cell, height: tall)))
    lines.append(
      Script.Line(
        text: shortened(entry.caption, cell, lines: Self.captionLines, size: letters),
        box: Script.Box(
          x: x, y: y + tall + letters / 4, width: cell,
          height: letters * Self.captionLines + letters / 2)))
  }

  /// Text that fits into so many lines, by the usual width of letters.
  private func shortened(_ text: String, _ width: Int, lines: Int, size: Int) -> String {
    let room = Double(width * lines) / Double(size) * 0.9
    var used = 0.0
    for (index, character) in zip(text.indices, text) {
      // Chinese and Japanese letters are as wide as high.
      used += (character.unicodeScalars.first?.value ?? 0) >= 0x2E80 ? 1 : 0.48
      if used > room { return text[..<index].trimmingSuffix(while: \.isWhitespace) + "…" }
    }
    return text
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    var rest = self
    while let last = rest.last, predicate(last) { rest.removeLast() }
    return String(rest)
  }
}

extension Storyboard {
  /// One picture of a sheet and the words below it.
  struct Cell {
    var picture: Picture
    var caption: String
  }

  var cells: [Cell] {
    panels.enumerated().flatMap { number, panel in
      panel.pictures.enumerated().map { choice, picture in
        let parts = [
          "\(number + 1)", panel.start.map(Self.clock),
          choice < panel.labels.count ? panel.labels[choice] : nil,
        ]
        let head = parts.compactMap { $0 }.joined(separator: " · ")
        return Cell(picture: picture, caption: head + "  " + panel.text)
      }
    }
  }

  /// A row a panel where there are candidates, else a sheet that is a little wider than high.
  var naturalColumns: Int {
    let candidates = panels.map(\.pictures.count).max() ?? 1
    if candidates > 1, panels.allSatisfy({ $0.pictures.count == candidates }) { return candidates }
    let count = cells.count
    let side = Int(Double(count).squareRoot().rounded(.up))
    return max(min(count, 4), side)
  }
}
