import Testing

@testable import Story

/// Texts that are made to be slow take time in proportion to their length.
struct HostileTextTests {
  @Test(
    arguments: [
      "(", "\"", "“", "“a", "'", "' ", ". ", ". . . ", "a.b.", "1. ", "1) a ", "!", "“Run!” ", "—",
      "\n",
      "a\n", "A ", "[", "](", "<!--", "`", "*a", "a", "「", "ゃ", "走", "。", "e.g. ", "U.S. A",
      "5 a.m. B ",
      "“Run!” Tom ", "• ", "I. ", "a, ", "\u{301}", " ", "https://", "&", "_", "({[",
    ])
  func isLinear(piece: String) throws {
    let clock = ContinuousClock()
    func time(_ count: Int) -> Duration {
      let bytes = Array(String(repeating: piece, count: count / piece.utf8.count).utf8)
      return clock.measure {
        for format in [StoryFormat.plain, .markdown] {
          _ = try? Story.sentences(in: bytes, options: StoryOptions(format: format))
          _ = try? Story(reading: bytes, options: StoryOptions(format: format))
        }
      }
    }
    _ = time(1000)
    let (small, large) = (time(16_000), time(128_000))
    // Eight times the text: a square law would take sixty-four times as long.
    #expect(large < small * 28 + .milliseconds(400), "\(small) → \(large)")
  }
}
