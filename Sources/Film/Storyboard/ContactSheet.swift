extension Storyboard {
  /// All panels in one picture. `columns` is chosen when nil; `cell` is a picture's width, which
  /// is less where the sheet would be too large.
  public func sheet(columns: Int? = nil, cell: Int = 256) throws(FilmError) -> Picture {
    let layout = try SheetLayout(self, columns: columns, cell: cell)
    var canvas = Canvas(width: layout.width, height: layout.height, colour: [250, 249, 246])
    for place in layout.places {
      let picture = try place.picture.scaled(width: place.box.width, height: place.box.height)
      canvas.draw(picture, x: place.box.x, y: place.box.y)
    }
    let script = Script(
      width: layout.width, height: layout.height, size: layout.letters, colour: "26241F",
      lines: layout.lines)
    let painter = try TextPainter(script, fps: FrameRate(1), name: "the contact sheet")
    let rgb = try painter.paint(canvas.rgb, index: 0)
    return Picture(
      width: layout.width, height: layout.height, rgb: rgb, text: ["Title": title])
  }
}
