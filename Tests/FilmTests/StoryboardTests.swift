import Foundation
import Testing

@testable import Film

@Suite struct StoryboardTests {
  private func panels(_ count: Int, candidates: Int = 1) -> [Panel] {
    (0..<count).map { number in
      Panel(
        pictures: (0..<candidates).map { choice in
          let level = UInt8(40 + number * 20 + choice)
          return Picture(
            width: 96, height: 64, rgb: Pictures.picture(96, 64) { _, _ in [level, 0, 200] })
        },
        labels: candidates > 1 ? (0..<candidates).map { "seed \($0)" } : [],
        text: "Sentence \(number) of the story", start: Double(number) * 2.5,
        heading: number == 2 ? "Second scene" : nil)
    }
  }

  @Test func sheetShowsEveryPictureAndItsWords() throws {
    let board = Storyboard(title: "The Fox", note: "5 beats, 0:13", panels: panels(5))
    let sheet = try board.sheet(cell: 96)
    let rgb = sheet.rgb
    for number in 0..<5 {
      let colour: [UInt8] = [UInt8(40 + number * 20), 0, 200]
      var (count, dark) = (0, 0)
      for index in stride(from: 0, to: rgb.count, by: 3) {
        if rgb[index..<index + 3].elementsEqual(colour) { count += 1 }
        if rgb[index] < 80, rgb[index + 1] < 80, rgb[index + 2] < 80 { dark += 1 }
      }
      #expect(count == 96 * 64, "picture \(number)")
      // Letters: without any, nothing on the sheet is dark.
      #expect(dark > 200)
    }
  }

  @Test func captionsStayBelowTheirPictures() throws {
    var board = Storyboard(title: "", panels: panels(1))
    board.panels[0].text = String(repeating: "many words ", count: 100)
    let sheet = try board.sheet(cell: 96)
    let rgb = sheet.rgb
    // The margins on all four sides are paper.
    for y in 0..<sheet.height {
      for x in [0, 1, 2, sheet.width - 3, sheet.width - 2, sheet.width - 1] {
        #expect(rgb[(y * sheet.width + x) * 3] == 250)
      }
    }
  }

  @Test func candidatesGetARowEach() throws {
    let board = Storyboard(title: "T", panels: panels(3, candidates: 2))
    let layout = try SheetLayout(board, columns: nil, cell: 96)
    #expect(layout.grid.columns == 2)
    #expect(layout.places.count == 6)
    #expect(Set(layout.places.map(\.box.y)).count == 3)
  }

  @Test func picturesOfOddSizesFit() throws {
    let tall = Picture(width: 30, height: 77, rgb: [UInt8](repeating: 9, count: 30 * 77 * 3))
    let wide = Picture(width: 333, height: 20, rgb: [UInt8](repeating: 9, count: 333 * 20 * 3))
    let board = Storyboard(
      title: "T",
      panels: [Panel(pictures: [tall], text: "a"), Panel(pictures: [wide], text: "b")])
    let sheet = try board.sheet(cell: 64)
    #expect(sheet.pixels.count == sheet.width * sheet.height * 3)
  }

  /// Many sentences, with candidates too, and as many columns and candidates as the command takes.
  @Test(
    arguments: [
      (48, 4, nil), (64, 4, nil), (600, 4, nil), (64, 61, nil), (1, 64, nil), (70, 1, 61),
      (70, 1, 64), (64, 4, 4), (3600, 1, nil),
    ] as [(Int, Int, Int?)])
  func aSheetIsMadeToFit(panels: Int, candidates: Int, columns: Int?) throws {
    let grid = try SheetGrid(
      panels: panels, candidates: candidates, pictureWidth: 256, pictureHeight: 256,
      columns: columns)
    #expect(grid.width <= 16384 && grid.height <= 16384 && (48...256).contains(grid.cell))
    #expect(grid.columns % candidates == 0)
    if let columns { #expect(grid.columns == columns) }
    let last = grid.place(of: panels * candidates - 1)
    #expect(last.x + grid.cell < grid.width && last.y + grid.cell < grid.height)
  }

  @Test func aSheetThatFitsIsAsLargeAsAsked() throws {
    let grid = try SheetGrid(panels: 47, candidates: 4, pictureWidth: 64, pictureHeight: 64)
    #expect(grid.cell == 256 && grid.columns == 4)
    let board = Storyboard(title: "T", panels: panels(5))
    let layout = try SheetLayout(board, columns: 1, cell: 4096)
    #expect(layout.height <= 16384 && layout.grid.cell > 1000)
    let alike = try SheetGrid(
      panels: 5, pictureWidth: 96, pictureHeight: 64, columns: 1, cell: 4096)
    #expect(layout.grid == alike)
  }

  @Test func emptyOrHugeSheetsAreRefused() {
    #expect(throws: FilmError.self) { try Storyboard(title: "T", panels: []).sheet() }
    #expect(throws: FilmError.self) {
      try Storyboard(title: "T", panels: panels(5)).sheet(columns: 1, cell: 4097)
    }
    #expect(throws: FilmError.self) {
      try SheetGrid(panels: 200, pictureWidth: 64, pictureHeight: 64, columns: 1)
    }
  }

  @Test func pageHoldsPicturesAndWords() throws {
    var board = Storyboard(title: "Fox & <Hare>", language: "en", panels: panels(4))
    board.panels[1].text = "\"<script>alert(1)</script>\""
    let page = try board.page()
    #expect(page.contains("<title>Fox &amp; &lt;Hare&gt;</title>"))
    #expect(!page.contains("<script"))
    #expect(page.contains("<h2>Second scene</h2>"))
    #expect(page.contains("<time>0:05</time>"))
    #expect(page.contains("prefers-color-scheme: dark"))
    let images = page.components(separatedBy: "data:image/png;base64,").dropFirst()
    #expect(images.count == 4)
    for (number, image) in images.enumerated() {
      let code = String(image.prefix { $0 != "\"" })
      let picture = try PNG.decode(
        [UInt8](try #require(Data(base64Encoded: code))), name: "page")
      #expect(picture == board.panels[number].pictures[0])
    }
  }

  @Test func clock() {
    #expect(Storyboard.clock(0) == "0:00")
    #expect(Storyboard.clock(65.9) == "1:05")
    #expect(Storyboard.clock(3725) == "1:02:05")
  }
}
