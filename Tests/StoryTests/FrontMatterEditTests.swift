import Story
import Testing

@Suite struct FrontMatterEditTests {
  private func edited(_ text: String, _ key: String = "seed", _ value: String = "7") throws
    -> String
  {
    String(
      decoding: try FrontMatterEdit.setting(key, to: value, in: Array(text.utf8)), as: UTF8.self)
  }

  @Test(arguments: [
    ("A fox.\n", "---\nseed: 7\n---\n\nA fox.\n"),
    ("A fox.\r\nHome.\r\n", "---\r\nseed: 7\r\n---\r\n\r\nA fox.\r\nHome.\r\n"),
    ("---\ntitle: Fox\n---\nA fox.\n", "---\ntitle: Fox\nseed: 7\n---\nA fox.\n"),
    ("---\nseed: 1\ntitle: Fox\n---\nA fox.", "---\nseed: 7\ntitle: Fox\n---\nA fox."),
    (
      "---\nseed:\n  1\ntitle: Fox\n---\nA fox.",
      "---\nseed: 7\ntitle: Fox\n---\nA fox."
    ),
    ("\u{FEFF}A fox.\n", "\u{FEFF}---\nseed: 7\n---\n\nA fox.\n"),
    // A scene between two breaks is no front matter.
    ("---\nA fox.\n---\nHome.\n", "---\nseed: 7\n---\n\n---\nA fox.\n---\nHome.\n"),
  ])
  func theRestStays(before: String, after: String) throws {
    let text = try edited(before)
    #expect(text == after)
    #expect(try Story(reading: Array(text.utf8)).settings.seed == 7)
  }

  @Test func seedsOfScenesAndBeatsComeBack() throws {
    let text = try edited("A fox.\n", "seeds", "{1: 7, 2.10: 12}")
    #expect(
      try Story(reading: Array(text.utf8)).settings.seeds
        == [SeedScope(scene: 1): 7, SeedScope(scene: 2, beat: 10): 12])
    for wrong in ["7", "{0: 1}", "{1: x}", "[1, 2]", "{1.0: 2}", "{1.2.3: 4}", "{1.: 2}"] {
      #expect(throws: StoryError.self) {
        try Story(reading: Array(edited("A fox.\n", "seeds", wrong).utf8))
      }
    }
  }

  @Test func otherEncodingsAreRefused() {
    let utf16: [UInt8] = [0xFF, 0xFE, 0x41, 0x00, 0x2E, 0x00]
    #expect(throws: StoryError.self) { try FrontMatterEdit.setting("seed", to: "7", in: utf16) }
  }
}
