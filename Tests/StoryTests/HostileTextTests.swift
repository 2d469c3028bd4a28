import Foundation
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
    func time(_ count: Int) -> Double {
      let bytes = Array(String(repeating: piece, count: count / piece.utf8.count).utf8)
      // The thread's own time: other work on the machine must not count.
      let start = clock()
      for format in [StoryFormat.plain, .markdown] {
        _ = try? Story.sentences(in: bytes, options: StoryOptions(format: format))
        _ = try? Story(reading: bytes, options: StoryOptions(format: format))
      }
      return clock() - start
    }
    func clock() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    _ = time(1000)
    let (small, large) = (time(4000), time(32_000))
    // Eight times the text: a square law would take sixty-four times as long.
    #expect(large < small * 24 + 0.2, "\(small) → \(large)")
  }
}
