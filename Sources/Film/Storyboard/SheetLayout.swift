/// Where everything goes on a contact sheet.
struct SheetLayout {
  /// A picture and its place.
  struct Place {
    var picture: Picture
    var box: Script.Box
  }

  let grid: SheetGrid
  private(set) var places: [Place] = []
  private(set) var lines: [Script.Line] = []

  var width: Int { grid.width }
  var height: Int { grid.height }
  /// Size of letters in pixels.
  var letters: Int { grid.letters }

  init(_ board: Storyboard, columns: Int?, cell: Int) throws(FilmError) {
    grid = try board.grid(columns: columns, cell: cell)
    addHead(board)
    for (number, entry) in board.cells.enumerated() {
      let (x, y) = grid.place(of: number)
      add(entry, x: x, y: y)
    }
  }

  private mutating func addHead(_ board: Storyboard) {
    let gap = grid.gap
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
    let cell = grid.cell
    let tall = max(1, cell * entry.picture.height / max(1, entry.picture.width))
    places.append(
      Place(picture: entry.picture, box: Script.Box(x: x, y: y, width: cell, height: tall)))
    lines.append(
      Script.Line(
        text: shortened(entry.caption, cell, lines: SheetGrid.captionLines, size: letters),
        box: Script.Box(
          x: x, y: y + tall + letters / 4, width: cell,
          height: letters * SheetGrid.captionLines + letters / 2)))
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

  /// The measures of its sheet.
  func grid(columns: Int?, cell: Int) throws(FilmError) -> SheetGrid {
    let pictures = panels.flatMap(\.pictures)
    let tallest = pictures.max { $0.height * $1.width < $1.height * $0.width }
    guard let tallest, let candidates = panels.first?.pictures.count else {
      throw .noFrames(path: title)
    }
    let isEven = panels.allSatisfy { $0.pictures.count == candidates }
    return try SheetGrid(
      panels: isEven ? panels.count : pictures.count, candidates: isEven ? candidates : 1,
      pictureWidth: tallest.width, pictureHeight: tallest.height, columns: columns, cell: cell)
  }
}
