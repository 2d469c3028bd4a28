/// The measures of a contact sheet. They follow from the number and the shape of its pictures, so
/// that a sheet that can't be is known before any is drawn.
public struct SheetGrid: Sendable, Equatable {
  /// Pictures a row.
  public let columns: Int
  /// A picture's width in pixels.
  public let cell: Int
  /// Pixels across.
  public let width: Int
  /// Pixels down.
  public let height: Int
  /// Size of letters in pixels.
  let letters: Int
  /// Pixels between pictures.
  let gap: Int
  private let top: Int
  private let step: Int

  /// How many lines of words there are below a picture.
  static let captionLines = 3
  private static let largest = 16384
  private static let cells = 48...4096

  /// The sheet of so many panels with `candidates` pictures each, of which the tallest has the
  /// shape given. It has `columns`, or where that is nil a row a panel if there are candidates,
  /// else as many columns as make it about square.
  ///
  /// Pictures are `cell` pixels wide; where the sheet would be too large it gets more columns if
  /// those may be chosen, then smaller pictures.
  public init(
    panels: Int, candidates: Int = 1, pictureWidth: Int, pictureHeight: Int, columns: Int? = nil,
    cell: Int = 256
  ) throws(FilmError) {
    guard Self.cells.contains(cell), (columns ?? 1) > 0, panels > 0, candidates > 0 else {
      throw .options("a contact sheet needs a picture, a column and cells of 48 to 4096 pixels")
    }
    let count = panels * candidates
    let fewest = columns ?? Self.naturalColumns(panels: panels, candidates: candidates)
    let most = columns ?? max(fewest, Self.largest / Self.cells.lowerBound)
    for cell in stride(from: cell, through: Self.cells.lowerBound, by: -1) {
      // A panel's candidates stay in one row.
      for columns in stride(from: fewest, through: most, by: candidates) {
        let grid = SheetGrid(
          count: count, shape: (pictureWidth, pictureHeight), columns: columns, cell: cell)
        if grid.width <= Self.largest, grid.height <= Self.largest {
          self = grid
          return
        }
      }
    }
    throw .options("a contact sheet of \(count) pictures is too large: choose the page")
  }

  private init(count: Int, shape: (width: Int, height: Int), columns: Int, cell: Int) {
    self.columns = columns
    self.cell = cell
    letters = max(11, cell / 15)
    gap = max(8, cell / 16)
    top = gap + letters * 3 + gap
    step = cell * shape.height / max(1, shape.width) + letters * (Self.captionLines + 1) + gap
    width = gap + min(columns, count) * (cell + gap)
    height = top + (count + columns - 1) / columns * step
  }

  /// The top left corner of a picture by its number.
  func place(of number: Int) -> (x: Int, y: Int) {
    (gap + number % columns * (cell + gap), top + number / columns * step)
  }

  private static func naturalColumns(panels: Int, candidates: Int) -> Int {
    if candidates > 1 { return candidates }
    let side = Int(Double(panels).squareRoot().rounded(.up))
    return max(min(panels, 4), side)
  }
}
