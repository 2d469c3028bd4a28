import Film
import Foundation
import Testing

/// What spectators keep by the page's button.
@Suite(
  .enabled(if: Chromium.path != nil, "no Chromium is installed, so nobody looks at the page"),
  .serialized, .timeLimit(.minutes(10)))
struct RecordButtonTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  @Test func aFilmThatWasJustEndedIsFinishedBeforeTheShowIs() throws {
    let page = try OpenPage([], in: folder)
    for key in ["a", " ", "f", "o", "x"] { try page.browser.press(key) }
    #expect(try page.browser.waits(until: "window.fabula.pictures > 0"))
    let button = "document.getElementById('record')"
    _ = try page.browser.value("\(button).click()")
    #expect(
      try page.browser.waits(until: "\(button).getAttribute('aria-pressed') === 'true'"))
    usleep(2_000_000)
    _ = try page.browser.value("\(button).click()")
    page.show.process.interrupt()
    let result = try page.show.wait()
    #expect(result.status == 0, "\(result.errors)")
    let names = folder.names
    let name = try #require(names.first)
    #expect(names.count == 1 && name.hasPrefix("live ") && name.hasSuffix(".mp4"), "\(names)")
    #expect(try FilmReader.subtitles(path: folder.path(name)).map(\.text) == ["a fox"])
  }
}
