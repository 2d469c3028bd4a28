import Testing

@testable import Live

@Suite struct DirectorTests {
  @Test func whatIsTypedGoesFirstAndKeepsItsNumber() {
    var director = Director()
    #expect(director.wish(at: 0) == nil)
    director.type("a", key: 7)
    director.type("a fox", key: 8)
    #expect(director.wish(at: 0)?.line == Line(id: 1, text: "a fox"))
    #expect(director.wish(at: 0)?.key == 8)
    director.enter(key: 9, at: 1)
    #expect(director.wish(at: 1)?.line == Line(id: 1, text: "a fox"))
    director.type("  ", key: 10)
    #expect(director.wish(at: 1)?.passage.text == "a fox")
    director.type("and a bear", key: 11)
    let wish = director.wish(at: 2)
    #expect(wish?.line.id == 2)
    #expect(wish?.passage == Passage(before: ["a fox"], text: "and a bear"))
  }

  @Test func sentencesAreToldInTheirTime() {
    var director = Director()
    director.tell([Told(text: "One.", duration: 2), Told(text: "Two.", duration: 3)])
    #expect(director.wish(at: 10)?.line.text == "One.")
    #expect(director.wish(at: 11.9)?.line.text == "One.")
    #expect(director.wish(at: 12)?.line.text == "Two.")
    director.endInput()
    #expect(!director.isOver(at: 14.9))
    #expect(director.isOver(at: 15))
  }

  @Test func paceMakesSentencesShorter() {
    var director = Director()
    director.pace = 2
    director.tell([Told(text: "One.", duration: 2), Told(text: "Two.", duration: 3)])
    _ = director.wish(at: 0)
    #expect(director.wish(at: 1)?.line.text == "Two.")
  }

  @Test func fallsNotBehindWhileMoreMayCome() {
    var director = Director(lag: 8)
    director.tell((1...100).map { Told(text: "Sentence \($0).", duration: 3) })
    #expect(director.wish(at: 0)?.line.text == "Sentence 99.")
  }

  @Test func tellsAllOnceTheInputHasEnded() {
    var director = Director(lag: 8)
    director.tell((1...100).map { Told(text: "Sentence \($0).", duration: 3) })
    director.endInput()
    for n in 0..<100 {
      #expect(director.wish(at: Double(n) * 3)?.line.text == "Sentence \(n + 1).")
    }
    #expect(director.isOver(at: 300))
  }

  @Test func memoryIsBounded() {
    var director = Director()
    for n in 0..<50_000 {
      director.tell([Told(text: "Sentence \(n).", duration: 0.5)])
      _ = director.wish(at: Double(n))
    }
    #expect(director.lines.count == Director.memory)
    director.tell((0..<100_000).map { Told(text: "\($0)", duration: 1) })
    #expect(director.wish(at: 1e6)?.line.text == "99992")
    director.type(String(repeating: "x", count: 1_000_000), key: 1)
    #expect(director.draft.count == Director.longestLine)
  }

  @Test func linesHaveNoControlCharacters() {
    var director = Director()
    director.type("a\u{1B}[31m fox\nran\u{0}", key: 1)
    #expect(director.draft == "a [31m fox ran ")
  }
}

@Suite struct RecordingTests {
  @Test func framesAreEven() {
    var beat = FrameBeat(rate: 24, start: 100)
    #expect(beat.due(at: 100) == 0..<1)
    #expect(beat.due(at: 100.01).isEmpty)
    #expect(beat.due(at: 100.5) == 1..<13)
    #expect(beat.due(at: 99).isEmpty)
    #expect(beat.nextTime == 100 + 13.0 / 24)
  }

  @Test func aTypedLineIsOneCaption() {
    var captions = Captions()
    for (frame, text) in ["a", "a f", "a fox"].enumerated() {
      captions.note(Line(id: 1, text: text), frame: frame)
    }
    captions.note(Line(id: 2, text: "ran"), frame: 3)
    #expect(
      captions.all == [Caption(text: "a fox", frames: 0..<3), Caption(text: "ran", frames: 3..<4)])
  }
}

@Suite struct TextDecoderTests {
  @Test(arguments: ["naïve – 🦊 fox", "狐狸在雪地里", "plain"]) func piecesMakeTheWhole(text: String) {
    for size in 1...5 {
      var decoder = TextDecoder()
      var result = ""
      let bytes = Array(text.utf8)
      for start in stride(from: 0, to: bytes.count, by: size) {
        result += decoder.text(of: Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(result + decoder.finish() == text)
    }
  }

  @Test func whatIsNoTextDoesNotStick() {
    var decoder = TextDecoder()
    #expect(decoder.text(of: [0xFF, 0x61]) == "\u{FFFD}a")
    #expect(decoder.text(of: [0xF0, 0x9F]) == "")
    #expect(decoder.finish() == "\u{FFFD}")
  }
}
