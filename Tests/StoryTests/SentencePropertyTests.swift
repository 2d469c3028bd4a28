import Testing

@testable import Story

/// What holds of every text.
struct SentencePropertyTests {
  /// Sentences and the gaps between them rebuild the source, and nothing is lost in the gaps.
  private func check(_ bytes: [UInt8], _ language: String?, _ comment: Comment) throws {
    let options = StoryOptions(format: .plain, language: language)
    let sentences = try Story.sentences(in: bytes, options: options)
    let base = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var rebuilt = Array(bytes[..<base])
    var end = base
    for sentence in sentences {
      #expect(sentence.offset >= end && sentence.length > 0, comment)
      let gap = bytes[end..<sentence.offset]
      let gapText = String(decoding: gap, as: UTF8.self)
      #expect(
        gapText.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0.value < 0x20 }, comment
      )
      end = sentence.offset + sentence.length
      let own = bytes[sentence.offset..<end]
      #expect(wording(of: own) == sentence.text, comment)
      #expect(String(validating: own, as: UTF8.self) != nil, comment)
      rebuilt += gap + own
    }
    rebuilt += bytes[end...]
    #expect(rebuilt == bytes, comment)
  }

  @Test(arguments: ["en", "de", "fr", "es", "ja", "zh", "ru", "hy", nil])
  func rebuildTheSource(language: String?) throws {
    for seed in 0..<150 {
      var generator = TextGenerator(seed: UInt64(seed))
      let text = generator.text(parts: 1 + seed % 60)
      let bytes = Array(text.utf8)
      // Front matter is no part of the text.
      guard !text.hasPrefix("---") else { continue }
      try check(bytes, language, "seed \(seed)")
    }
  }

  @Test func rebuildAnyBytesThatAreUTF8() throws {
    for seed in 0..<400 {
      var generator = TextGenerator(seed: UInt64(seed) + 1000)
      let bytes = generator.bytes(count: seed)
      do {
        try check(bytes, "en", "seed \(seed)")
        #expect(String(validating: bytes, as: UTF8.self) != nil)
      } catch StoryError.notUTF8(let offset) {
        #expect(String(validating: bytes[..<offset], as: UTF8.self) != nil)
        #expect(String(validating: bytes, as: UTF8.self) == nil)
      }
    }
  }

  @Test func fuzzedStoriesKeepTheirTimes() throws {
    for format in StoryFormat.allCases {
      for seed in 0..<80 {
        var generator = TextGenerator(seed: UInt64(seed) + 5000)
        let bytes = Array(generator.text(parts: 5 + seed).utf8)
        let total = seed % 3 == 0 ? Double(seed) + 0.25 : nil
        var options = StoryOptions(format: format, duration: total == 0.25 ? nil : total)
        options.style = seed % 2 == 0 ? "oil painting" : nil
        do {
          let story = try Story(reading: bytes, options: options)
          StoryChecks.times(story)
          StoryChecks.offsets(story, in: bytes)
        } catch {
          #expect(!error.description.contains("\n"))
        }
      }
    }
  }
}

/// What holds of every story.
enum StoryChecks {
  /// Beats follow one another without overlap and add up to the total; scenes hold them all.
  static func times(_ story: Story) {
    var time = story.beats.first?.startMicroseconds ?? 0
    let first = time
    for beat in story.beats {
      #expect(beat.startMicroseconds == time)
      #expect(beat.durationMicroseconds >= 0 && beat.voiceMicroseconds <= beat.durationMicroseconds)
      time += beat.durationMicroseconds
    }
    #expect(time == story.durationMicroseconds)
    #expect(story.beats.reduce(0) { $0 + $1.durationMicroseconds } + first == time)
    var next = 0
    for (index, scene) in story.scenes.enumerated() {
      #expect(scene.beats.lowerBound == next && !scene.beats.isEmpty)
      for beat in scene.beats { #expect(story.beats[beat].scene == index) }
      next = scene.beats.upperBound
    }
    #expect(next == story.beats.count)
  }

  /// Beats stand in the source where they say.
  static func offsets(_ story: Story, in bytes: [UInt8]) {
    for beat in story.beats {
      #expect(beat.offset >= 0 && beat.length > 0 && beat.offset + beat.length <= bytes.count)
    }
  }
}
