import Film
import Foundation
import Testing

@Suite struct StoryboardTests {
  private let folder: Folder
  private let quick = ["--size", "64"] + Command.model

  init() throws {
    folder = try Folder()
    try folder.write("story.txt", "The fox walked home. It was night in the forest.\n")
  }

  @Test func isAPictureOrAPage() throws {
    let sheet = try Command.run(["storyboard", "story.txt"] + quick, in: folder)
    #expect(sheet.status == 0, "\(sheet.errors)")
    let picture = try PNG.read(folder.path("story-storyboard.png"))
    #expect(picture.width > 256 && Set(picture.rgb).count > 8)
    let arguments = ["storyboard", "story.txt", "-o", "board.html", "--candidates", "2"]
    #expect(try Command.run(arguments + quick, in: folder).status == 0)
    let page = try String(contentsOfFile: folder.path("board.html"), encoding: .utf8)
    #expect(page.contains("The fox walked home.") && page.contains("1.2=1"))
  }

  @Test func chosenSeedsGoIntoTheStory() throws {
    try folder.write(
      "two.md", "The fox walked home.\n\n* * *\n\nIt was night in the forest.\n")
    func sheet(_ extra: [String] = []) throws -> [UInt8] {
      let arguments = ["storyboard", "two.md", "-o", "two.png", "--columns", "1"]
      let result = try Command.run(arguments + quick + extra, in: folder)
      #expect(result.status == 0, "\(result.errors)")
      return try PNG.read(folder.path("two.png")).rgb
    }
    let (before, wanted) = (try sheet(), try sheet(["--seed", "5"]))
    let half = before.count / 2
    let choose = ["storyboard", "two.md", "--choose", "2=5"]
    #expect(try Command.run(choose, in: folder).status == 0)
    let text = try String(contentsOfFile: folder.path("two.md"), encoding: .utf8)
    #expect(
      text == "---\nseeds: {2: 5}\n---\n\nThe fox walked home.\n\n* * *\n\n"
        + "It was night in the forest.\n")
    // The first scene stays, the second is that of the chosen seed.
    let after = try sheet()
    #expect(after[..<half] == before[..<half])
    #expect(after[half...] == wanted[half...])
    // The command line goes before the story.
    #expect(try sheet(["--seed", "5"]) == wanted)
    #expect(
      try Command.run(["storyboard", "two.md", "--choose", "1=9"], in: folder).output
        .contains("{1: 9, 2: 5}"))
    #expect(try Command.run(["storyboard", "two.md", "--choose", "7"], in: folder).status == 0)
    #expect(
      try String(contentsOfFile: folder.path("two.md"), encoding: .utf8)
        .hasPrefix("---\nseeds: {1: 9, 2: 5}\nseed: 7\n---\n"))
    #expect(try Command.run(["storyboard", "two.md", "--choose", "3=1"], in: folder).status == 1)
    #expect(try Command.run(["storyboard", "two.md", "--choose", "x"], in: folder).status == 64)
  }

  @Test func oneSentenceMayHaveASeedOfItsOwn() throws {
    func sheet(_ extra: [String]) throws -> [UInt8] {
      let arguments = ["storyboard", "story.txt", "-o", "sheet.png", "--columns", "1"]
      let result = try Command.run(arguments + quick + extra, in: folder)
      #expect(result.status == 0, "\(result.errors)")
      return try PNG.read(folder.path("sheet.png")).rgb
    }
    let (before, wanted) = (try sheet([]), try sheet(["--seed", "5"]))
    let half = before.count / 2
    let choose = ["storyboard", "story.txt", "--choose", "1.2=5"]
    #expect(try Command.run(choose, in: folder).status == 0)
    let after = try sheet([])
    #expect(after[..<half] == before[..<half])
    #expect(after[half...] == wanted[half...])
    let none = ["storyboard", "story.txt", "--choose", "1.3=5"]
    #expect(try Command.run(none, in: folder).errors.contains("scene 1 has 2"))
  }

  @Test func aSheetThatCannotBeIsRefusedBeforeItIsDrawn() throws {
    try folder.write(
      "long.txt", (0..<400).map { "The fox number \($0) walked home." }.joined(separator: " "))
    let arguments = ["storyboard", "long.txt", "--columns", "1"]
    let result = try Command.run(arguments + quick, in: folder)
    #expect(result.status == 1 && result.errorLines.count == 1, "\(result.errors)")
    #expect(result.errors.contains("-o board.html, or more --columns"), "\(result.errors)")
    let kept = FileManager.default.enumerator(atPath: folder.path(".cache"))?.allObjects ?? []
    #expect(!kept.contains { "\($0)".hasSuffix(".png") })
  }

  @Test func refusesOtherNames() throws {
    let arguments = ["storyboard", "story.txt", "-o", "board.pdf"]
    #expect(try Command.run(arguments, in: folder).status == 64)
  }

  @Test func aRenderMayReportAndExport() throws {
    let arguments = [
      "render", "story.txt", "--fps", "8", "--report", "report.html", "--otio", "story.otio",
    ]
    let result = try Command.run(arguments + quick, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    let page = try String(contentsOfFile: folder.path("report.html"), encoding: .utf8)
    #expect(page.contains("Evenness"))
    // What was looked at last is not drawn again.
    #expect(page.contains("became frames") && !page.contains(" 0 of these pictures became"))
    #expect(page.contains("without re-timing") && page.contains("<th>Before</th><th>After</th>"))
    let timeline = try Data(contentsOf: URL(fileURLWithPath: folder.path("story.otio")))
    let object = try JSONSerialization.jsonObject(with: timeline) as? [String: Any]
    #expect(object?["OTIO_SCHEMA"] as? String == "Timeline.1")
  }

  @Test func aPlanIsNoFilm() throws {
    let result = try Command.run(["render", "story.txt", "--plan"] + quick, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("frames at 24 fps, 64x64"))
    #expect(folder.names == ["story.txt"])
  }
}
