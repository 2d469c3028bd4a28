import Film
import Foundation
import Testing

/// The page of a live show in a browser. Times aren't judged, since nobody knows how busy this
/// machine is; `Benchmarks/live_page.py` measures them.
@Suite(
  .enabled(if: Chromium.path != nil, "no Chromium is installed, so nobody looks at the page"),
  .serialized, .timeLimit(.minutes(10)))
struct PageTests {
  private let folder: Folder
  private let show: Command.Running
  private let browser: Chromium

  private static let sentence = "A fox looked out over the sea."
  private static let film = "show.mp4"

  init() throws {
    folder = try Folder()
    let page = try OpenPage(["-o", Self.film, "--journal", "show.journal"], in: folder)
    show = page.show
    browser = page.browser
  }

  private func picture() throws -> String {
    try browser.value("document.getElementById('picture').toDataURL()") as? String ?? ""
  }

  private func type(_ text: some StringProtocol) throws {
    for character in text { try browser.press(String(character)) }
  }

  @Test func thePictureFollowsTheKeysAndAllIsKept() throws {
    try type(Self.sentence.prefix(1))
    #expect(try browser.waits(until: "window.fabula.pictures > 0 && !window.fabula.waiting"))
    let first = try picture()
    // All is kept: the button ends nothing, nor would a page that is not ours.
    #expect(
      try browser.waits(
        until: "document.getElementById('record').getAttribute('aria-disabled') === 'true'"))
    _ = try browser.value("document.getElementById('record').click()")
    _ = try browser.value("say({ type: 'record', on: false })")

    try type(Self.sentence.dropFirst())
    #expect(try browser.waits(until: "!window.fabula.waiting"))
    // It is on its way to the whole sentence for a while.
    usleep(1_000_000)
    #expect(try picture() != first)
    let delays = try #require(try browser.value("window.fabula.delays") as? [Double])
    #expect(!delays.isEmpty && delays.count <= Self.sentence.count)
    #expect(delays.allSatisfy { $0 > 0 })
    let median = delays.sorted()[delays.count / 2]
    print("key to picture: median \(Int(median)) ms of \(delays.count)")

    try browser.press("Enter")
    #expect(try browser.value("document.getElementById('text').value") as? String == "")
    #expect(
      try browser.waits(
        until: "document.getElementById('story').textContent === '\(Self.sentence)'"))
    #expect(browser.complaints.isEmpty)

    show.process.interrupt()
    let result = try show.wait()
    #expect(result.status == 0, "\(result.errors)")
    try checkFilm(Self.film)
    let again = try Command.run(
      ["render", "show.journal", "-o", "again.mp4", "--size", "64x64", "--fps", "10"]
        + Command.model, in: folder)
    #expect(again.status == 0, "\(again.errors)")
    try checkFilm("again.mp4")
  }

  /// It plays from start to end, and says what was typed.
  private func checkFilm(_ name: String) throws {
    let path = folder.path(name)
    let film = try FilmReader(path: path)
    let frames = try film.rest()
    #expect(!frames.isEmpty)
    #expect(abs(Double(frames.count) / 10 - film.info.duration) < 1e-6)
    let subtitles = try FilmReader.subtitles(path: path)
    #expect(subtitles.map(\.text) == [Self.sentence])
    let end = subtitles.last.map { $0.start + $0.duration } ?? 0
    #expect(subtitles.first?.start == 0 && abs(end - film.info.duration) < 0.11)
  }

  @Test(arguments: [("light", 1100, 900), ("dark", 1100, 900), ("light", 390, 780)])
  func fitsAndIsReadable(scheme: String, width: Int, height: Int) throws {
    try browser.call(
      "Emulation.setEmulatedMedia",
      ["features": [["name": "prefers-color-scheme", "value": scheme]]])
    try browser.call(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500])
    try type("A fox")
    #expect(try browser.waits(until: "window.fabula.pictures > 0"))
    // Nothing is cut off or outside, and the picture keeps its shape.
    #expect(try browser.value("document.documentElement.scrollWidth") as? Int == width)
    for id in ["picture", "text", "record", "figures"] {
      let isInside = try browser.value(
        """
        (({ left, top, right, bottom, width }) => width > 0 && left >= 0 && top >= 0 &&
          right <= innerWidth && bottom <= innerHeight)(
          document.getElementById('\(id)').getBoundingClientRect())
        """)
      #expect(isInside as? Bool == true, "\(id)")
    }
    let ratio = try browser.value(
      "(r => r.width / r.height)(document.getElementById('picture').getBoundingClientRect())")
    #expect(abs((ratio as? Double ?? Double(ratio as? Int ?? 0)) - 1) < 0.01)
    // The keyboard reaches all there is, and one sees where it is.
    for control in ["record", "summary"] {
      try browser.press("Tab")
      let name = try browser.value("document.activeElement.id || document.activeElement.localName")
      #expect(name as? String == control)
      let outline = try browser.value("getComputedStyle(document.activeElement).outlineStyle")
      #expect(outline as? String == "solid")
    }
    let screenshot = try PNG.decode(browser.screenshot(), name: "screenshot")
    #expect(screenshot.width == width && screenshot.height == height)
    let corner = screenshot.rgb.prefix(3).map { Int($0) }.reduce(0, +) / 3
    #expect(scheme == "dark" ? corner < 64 : corner > 192)
    #expect(browser.complaints.isEmpty)
    show.process.terminate()
    _ = try show.wait()
  }
}
