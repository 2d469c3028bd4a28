import Testing

@testable import Story

struct ReaderTests {
  private func story(_ text: String, _ options: StoryOptions = StoryOptions()) throws -> Story {
    try Story(reading: Array(text.utf8), options: options)
  }

  @Test func emptyStoriesAreErrors() {
    for text in ["", "  \n\t\n", "---\ntitle: Nothing\n---\n", "***\n"] {
      #expect(throws: StoryError.empty) { try story(text) }
    }
  }

  @Test func brokenUTF8SaysWhere() {
    #expect(throws: StoryError.notUTF8(byteOffset: 2)) {
      try Story(reading: [0x41, 0x42, 0xFF, 0x43])
    }
    for bytes in [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]]
      as [[UInt8]]
    {
      #expect(throws: StoryError.notUTF8(byteOffset: 0)) { try Story(reading: bytes) }
    }
  }

  @Test func marksAndLineEndsDontMatter() throws {
    let plain = try story("The fox ran.\n\nIt slept.")
    let marked = try Story(
      reading: [0xEF, 0xBB, 0xBF] + Array("The fox ran.\r\n\r\nIt slept.".utf8))
    #expect(marked.beats.map(\.text) == plain.beats.map(\.text))
    #expect(marked.beats.map(\.offset) == [3, 19])
    for bigEndian in [true, false] {
      let units = Array("\u{FEFF}The fox 🦊 ran.".utf16)
      let bytes = units.flatMap { unit in
        let pair = [UInt8(unit >> 8), UInt8(unit & 255)]
        return bigEndian ? pair : pair.reversed()
      }
      #expect(try Story(reading: bytes).beats.map(\.text) == ["The fox 🦊 ran."])
    }
    #expect(throws: StoryError.notUTF16(byteOffset: 2)) {
      try Story(reading: [0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00])
    }
  }

  @Test func frontMatterSetsTheFilm() throws {
    let story = try story(
      """
      ---
      title: The Lantern
      language: en-GB
      style: watercolour
      size: 640x360
      fps: 25
      seed: 7
      pace: slow
      mood: calm
      cast:
        Mira: a girl in a red coat
        Rook: {looks: a black bird, pronoun: he}
      ---
      Mira walked.
      """)
    #expect(story.title == "The Lantern")
    #expect(story.language == "en-GB")
    #expect(story.settings.style == "watercolour")
    #expect(story.settings.size == Settings.Size(width: 640, height: 360))
    #expect(story.settings.fps == 25)
    #expect(story.settings.seed == 7)
    #expect(story.settings.pace == 140)
    #expect(story.settings.unknownKeys == ["mood"])
    #expect(
      story.settings.cast == [
        CastMember(name: "Mira", looks: "a girl in a red coat"),
        CastMember(name: "Rook", looks: "a black bird", gender: .masculine),
      ])
  }

  @Test(
    arguments: [
      "size: big", "language: Elvish", "fps: -1", "seed: x", "pace: [1]", "cast: Mira", "title: [",
      "cast: {Mira: [1]}",
    ])
  func frontMatterSaysWhatIsWrong(line: String) {
    let text = "---\n\(line)\n---\nThe fox ran."
    #expect { try story(text) } throws: { error in
      guard case StoryError.frontMatter = error else { return false }
      return !"\(error)".contains("\n")
    }
  }

  @Test func misspeltKeysAreUnderstood() {
    let keys = [("sytle", "style"), ("Narate", "narrate"), ("sead", "seed"), ("fsp", "fps")]
    for (key, meant) in keys { #expect(Settings.likelyKey(for: key) == meant) }
    for key in ["mood", "author", "date", "tags", "", String(repeating: "style", count: 9000)] {
      #expect(Settings.likelyKey(for: key) == nil, "\(key.prefix(20))")
    }
  }

  @Test func aBreakAtTheTopIsNoFrontMatter() throws {
    #expect(
      try story("---\nThe fox ran.\n---\nIt slept.").beats.map(\.text) == [
        "The fox ran.", "It slept.",
      ])
  }

  @Test func markdownIsReadWithoutItsMarks() throws {
    let source = """
      # The Fox

      A *small* fox saw **the** [moon](http://moon.example "The moon").<!-- prompt: a fox --> It ran.

      ```
      let x = 1
      ```

      ![a map](map.png)

      - one lantern
      - two ropes

      ***

      The end is near[^1], see https://x.example/y.

      [^1]: A note.
      """
    let story = try Story(reading: Array(source.utf8), name: "fox.md")
    #expect(
      story.beats.map(\.text) == [
        "The Fox", "A small fox saw the moon.", "It ran.", "one lantern", "two ropes",
        "The end is near, see .",
      ])
    #expect(story.title == "The Fox")
    #expect(story.scenes.count == 2)
    #expect(story.scenes.first?.title == "The Fox")
    let bytes = Array(source.utf8)
    for beat in story.beats {
      let own = String(decoding: bytes[beat.offset..<(beat.offset + beat.length)], as: UTF8.self)
      #expect(own.first == beat.text.first)
    }
  }

  @Test func cuesKeepTheirTimes() throws {
    let srt =
      "1\n00:00:01,000 --> 00:00:02,500\n<i>The fox</i>\nran.\n\n2\n00:00:04,000 --> 00:00:06,000\nIt slept.\n"
    let story = try story(srt)
    #expect(story.beats.map(\.text) == ["The fox ran.", "It slept."])
    #expect(story.beats.map(\.startMicroseconds) == [1_000_000, 4_000_000])
    #expect(story.beats.map(\.voiceMicroseconds) == [1_500_000, 2_000_000])
    #expect(story.duration == 6)
    #expect(Timeline.srt(of: story).contains("00:00:01,000 --> 00:00:02,500"))
    #expect(throws: StoryError.self) {
      try self.story("1\n00:00:05,000 --> 00:00:02,500\nx\n", StoryOptions(format: .srt))
    }
  }

  @Test func cuesThatBeginTogetherAreOneBeat() throws {
    let srt = "1\n00:00:01,000 --> 00:00:02,000\nWho?\n\n2\n00:00:01,000 --> 00:00:03,000\nMe!\n"
    let story = try story(srt)
    #expect(story.beats.map(\.text) == ["Who? Me!"])
    #expect(story.beats[0].duration == 2)
  }

  /// As where a second language is appended to the first.
  @Test func cuesThatBeginTogetherMayStandApart() throws {
    let srt =
      "1\n00:00:01,000 --> 00:00:02,000\nWho is there?   \n\n"
      + "2\n00:00:03,000 --> 00:00:04,000\nMe!\n\n"
      + "3\n00:00:01,000 --> 00:00:02,500\nWer ist da?\n\n"
      + "4\n00:00:03,000 --> 00:00:04,500\nIch!\n"
    let story = try story(srt)
    #expect(story.beats.map(\.text) == ["Who is there? Wer ist da?", "Me! Ich!"])
    #expect(story.beats.map(\.startMicroseconds) == [1_000_000, 3_000_000])
    #expect(story.beats.map(\.voiceMicroseconds) == [1_500_000, 1_500_000])
    #expect(story.duration == 4.5)
    StoryChecks.times(story)
    StoryChecks.offsets(story, in: Array(srt.utf8))
    let sentences = try Story.sentences(in: Array(srt.utf8)).map(\.text)
    #expect(sentences.joined(separator: " ") == "Who is there? Wer ist da? Me! Ich!")
  }

  @Test func webVTTIsRead() throws {
    let vtt = """
      WEBVTT - The fox

      NOTE nothing here

      intro
      00:01.000 --> 00:03.000 align:start
      <v Mira>Who is there?

      00:03.000 --> 00:04.000
      Only me &
      my tail.
      """
    let story = try story(vtt)
    #expect(story.beats.map(\.text) == ["Who is there?", "Only me & my tail."])
    #expect(story.beats[0].prompt.contains("Mira"))
  }

  @Test func subtitleSentencesCrossCues() throws {
    let srt =
      "1\n00:00:01,000 --> 00:00:02,000\nThe fox\n\n2\n00:00:02,000 --> 00:00:03,000\nran. It slept.\n"
    let sentences = try Story.sentences(in: Array(srt.utf8))
    #expect(sentences.map(\.text) == ["The fox ran.", "It slept."])
  }

  @Test func screenplaysSetPlaceAndTime() throws {
    let story = try story(
      """
      Title: The Lantern
      Author: Nobody

      INT. OLD MILL - NIGHT

      Mira pushes the door open.

      MIRA
      (softly)
      Is anybody here?

      CUT TO:

      EXT. RIVER - DAY

      The fox runs.
      """)
    #expect(story.title == "The Lantern")
    #expect(story.scenes.map(\.title) == ["INT. OLD MILL - NIGHT", "EXT. RIVER - DAY"])
    #expect(
      story.beats.map(\.text) == [
        "Mira pushes the door open.", "Is anybody here?", "The fox runs.",
      ])
    #expect(story.beats[0].prompt == "Mira pushes the door open, old mill, night")
    #expect(story.beats[1].prompt.hasPrefix("Mira, speaking:"))
    #expect(story.beats[2].prompt.hasSuffix("river, daytime"))
  }

  @Test(arguments: [
    ("en", "The fox and the wolf went to the river."),
    ("de", "Der Fuchs ging mit dem Wolf zum Fluss."),
    ("fr", "Le renard est allé avec le loup dans la forêt."),
    ("es", "El zorro y el lobo estaban en el bosque."),
    ("it", "La volpe era nella foresta con il lupo."), ("ja", "狐は森へ行った。"), ("zh", "狐狸去了森林。"),
    ("ru", "Лиса пошла в лес с волком."), ("ko", "여우가 숲으로 갔다."),
    ("pl", "Lis poszedł do lasu, ale się bał."),
  ])
  func languagesAreTold(language: String, text: String) throws {
    #expect(try story(text).language == language)
  }
}
