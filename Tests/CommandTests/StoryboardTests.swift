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
    #expect(page.contains("The fox walked home.") && page.contains("seed 1"))
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
