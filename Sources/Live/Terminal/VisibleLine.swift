/// The part of a line that a terminal's row has room for, and where the cursor is in it.
struct VisibleLine: Equatable, Sendable {
  /// What is written.
  let text: String
  /// How many columns the cursor goes back then.
  let back: Int

  /// The columns behind the cursor that are seen even where what is before it fills the row.
  private static let behind = 8

  /// At most `room` columns of a line, around a cursor that is behind so many characters.
  init(_ line: [Character], cursor: Int, room: Int) {
    let widths = line.map(\.columns)
    let cursor = min(max(cursor, 0), line.count)
    var (start, end, used) = (cursor, cursor, 0)
    func goOn(to limit: Int) {
      while end < line.count, used + widths[end] <= limit {
        used += widths[end]
        end += 1
      }
    }
    goOn(to: min(Self.behind, room / 2))
    while start > 0, used + widths[start - 1] <= room {
      start -= 1
      used += widths[start]
    }
    goOn(to: room)
    text = String(line[start..<end])
    back = widths[cursor..<end].reduce(0, +)
  }
}
