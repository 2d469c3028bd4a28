import Foundation
import Testing

@testable import Story

struct TimelineTests {
  private struct Document: Decodable {
    struct Beat: Decodable {
      var text: String
      var prompt: String
      var start: Double
      var duration: Double
      var scene: Int
      var offset: Int
      var length: Int
    }
    var beats: [Beat]
  }

  private static let text = "“Run!” he said.\n\nThe \\ fox\tran & <slept> 🦊."

  @Test func jsonIsExact() throws {
    let story = try Story(reading: Array(Self.text.utf8))
    let document = try JSONDecoder().decode(
      Document.self, from: Data(Timeline.json(of: story).utf8))
    #expect(document.beats.map(\.text) == story.beats.map(\.text))
    for (found, beat) in zip(document.beats, story.beats) {
      #expect(Int((found.start * 1_000_000).rounded()) == beat.startMicroseconds)
      #expect(Int((found.duration * 1_000_000).rounded()) == beat.durationMicroseconds)
      #expect(found.offset == beat.offset && found.length == beat.length)
    }
  }

  @Test func sentencesAreAnArrayOfStrings() throws {
    let sentences = try Story.sentences(in: Array(Self.text.utf8))
    let found = try JSONDecoder().decode(
      [String].self, from: Data(Timeline.json(of: sentences).utf8))
    #expect(found == sentences.map(\.text))
    #expect(Timeline.json(of: []) == "[]\n")
  }

  @Test func subtitlesAreReadBack() throws {
    let story = try Story(reading: Array(Self.text.utf8))
    for (text, format) in [
      (Timeline.srt(of: story), StoryFormat.srt), (Timeline.vtt(of: story), .vtt),
    ] {
      let back = try Story(reading: Array(text.utf8), options: StoryOptions(format: format))
      #expect(back.beats.count == story.beats.count)
      for (a, b) in zip(back.beats, story.beats) {
        #expect(abs(a.startMicroseconds - b.startMicroseconds) <= 500)
      }
    }
  }

  @Test func tablesNameEveryBeat() throws {
    let story = try Story(reading: Array(Self.text.utf8))
    for format in [TimelineFormat.table, .prompts] {
      let text = Timeline.text(of: story, as: format)
      for beat in story.beats { #expect(text.contains(beat.text)) }
      #expect(text.hasSuffix("\n"))
    }
  }
}
