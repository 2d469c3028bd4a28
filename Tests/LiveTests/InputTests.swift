import Foundation
import Synchronization
import Testing
import Travel

@testable import Live

@Suite struct LineEditorTests {
  private func line(_ keys: String) -> String {
    var editor = LineEditor()
    _ = editor.feed(Array(keys.utf8))
    return editor.text
  }

  @Test(arguments: [
    ("a fox", "a fox"), ("fx\u{1B}[Do", "fox"), ("foxx\u{7F}", "fox"), ("ox\u{1B}[Hf", "fox"),
    ("fox\u{1}\u{4}", "ox"), ("a fox\u{17}bear", "a bear"), ("fox\u{1B}[1;5D!", "fox!"),
    ("one\rtwo\u{1B}[A", "one"), ("one\rtwo\u{1B}[A\u{1B}[B", ""), ("one\r\u{10}!", "one!"),
    ("a\u{1B}[3~b", "ab"), ("e\u{301}\u{7F}x", "x"), ("abc\u{2}\u{B}", "ab"), ("ab\u{15}c", "c"),
    ("a\u{1B}[999999999999999999999999999b", "a"), ("a\u{1B}_Gi=31;OK\u{1B}\\b", "ab"),
    ("a\u{1B}_b", "ab"), ("a\u{1B}[?62;4cb", "ab"),
  ]) func edits(keys: String, line: String) { #expect(self.line(keys) == line) }

  @Test func everyKeyCounts() {
    var editor = LineEditor()
    #expect(
      editor.feed(Array("fo\u{1B}[D\r\u{4}".utf8)) == [
        .edited("f"), .edited("fo"), .moved, .entered, .ended,
      ])
  }

  @Test func survivesGarbage() {
    var editor = LineEditor()
    for _ in 0..<20_000 { _ = editor.feed([UInt8.random(in: 0...255)]) }
  }
}

@Suite struct InputReaderTests {
  @Test func bytesThenPauseThenEnd() {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    let events = Events()
    let reader = InputReader(descriptor: ends[0], pause: 0.05) { event in
      events.all.withLock { $0.append(event) }
    }
    write(ends[1], "a fox", 5)
    usleep(400_000)
    close(ends[1])
    for _ in 0..<200 where events.all.withLock({ $0.last != .end }) { usleep(20_000) }
    #expect(events.all.withLock { $0 } == [.bytes(Array("a fox".utf8)), .pause, .end])
    withExtendedLifetime(reader) {}
  }

  private final class Events: Sendable {
    let all = Mutex<[InputReader.Event]>([])
  }
}

@Suite struct JournalTests {
  @Test func comesBackAsItWas() throws {
    let journal = Journal(entries: [
      JournalEntry(time: 0.5, happening: .typed("a \"fox\"\u{2028}🦊", key: 0)),
      JournalEntry(time: 1, happening: .entered(key: 0)),
      JournalEntry(time: 2, happening: .set(ShowSettings(pace: 2, seed: 7, drift: 0.5))),
      JournalEntry(time: 3, happening: .told([Told(text: "It ran.", duration: 2)])),
      JournalEntry(time: 4, happening: .ended),
    ])
    let text = Journal.head + journal.entries.map(\.line).joined()
    #expect(Journal.isJournal(Array(text.utf8)))
    #expect(try Journal(text: text) == journal)
    #expect(try Journal(text: text + "{\"time\":5,\"ty") == journal)
  }

  @Test func refusesWhatIsNone() {
    #expect(throws: JournalError.notAJournal) { try Journal(text: "a fox") }
    #expect(throws: JournalError.line(2)) {
      try Journal(text: Journal.head + "x\n{\"time\":1,\"ended\":true}\n")
    }
  }

  /// The noise of every frame of a replay.
  private func noises(_ journal: Journal) throws -> [NoiseRecipe] {
    var noises: [NoiseRecipe] = []
    let crew = Crew(
      encode: { _ in Embeds(tokens: [0], pooled: []) },
      draw: { frame, _ in
        noises.append(frame.noise)
        return []
      })
    var replay = Replay(journal, rate: 10, crew: crew)
    while try replay.picture() != nil {}
    return noises
  }

  @Test func aReplayBeginsWithTheShowsSeed() throws {
    let journal = Journal(entries: [
      JournalEntry(time: 0, happening: .set(ShowSettings(seed: 7, drift: 0))),
      JournalEntry(time: 0.5, happening: .typed("a fox", key: 0)),
      JournalEntry(time: 1, happening: .set(ShowSettings(seed: 3, drift: 0))),
      JournalEntry(time: 4, happening: .entered(key: 0)),
    ])
    let noises = try noises(journal)
    #expect(noises.first == NoiseRecipe(NoiseSource(seed: 7)))
    #expect(noises.last == NoiseRecipe(NoiseSource(seed: 3)))
    // A seed of one's own is there from beginning to end.
    let seeded = try self.noises(journal.seeded(9))
    #expect(seeded.count == noises.count)
    #expect(seeded.allSatisfy { $0 == NoiseRecipe(NoiseSource(seed: 9)) })
  }

  @Test func replaysEveryFrame() throws {
    let journal = Journal(entries: [
      JournalEntry(time: 0.5, happening: .typed("a", key: 0)),
      JournalEntry(time: 1, happening: .typed("a fox", key: 0)),
      JournalEntry(time: 2, happening: .entered(key: 0)),
    ])
    var texts: [String] = []
    let crew = Crew(
      encode: {
        texts.append($0.text); return Embeds(tokens: [Float($0.text.count)], pooled: [])
      },
      draw: { frame, _ in [UInt8(frame.embeds.tokens[0] * 10)] })
    var replay = Replay(journal, rate: 10, crew: crew)
    // It knows how many there will be before it has drawn one.
    #expect(replay.frameCount == 35)
    #expect(texts.isEmpty)
    var values: [UInt8] = []
    while let shown = try replay.picture() { values.append(shown.rgb[0]) }
    #expect(texts == ["a", "a fox"])
    #expect(values.count == 35)
    #expect(values.first == 10 && values.last == 50)
    #expect(values == values.sorted())
  }
}

@Suite struct VisibleLineTests {
  private func visible(_ line: String, cursor: Int, room: Int) -> VisibleLine {
    VisibleLine(Array(line), cursor: cursor, room: room)
  }

  @Test func whatFitsIsSeenWhole() {
    let line = visible("› a fox in the snow", cursor: 4, room: 78)
    #expect(line.text == "› a fox in the snow" && line.back == 15)
    #expect(visible("", cursor: 0, room: 78).text == "")
  }

  @Test func columnsCountAndNotCharacters() {
    // Two columns each: the cursor goes back over three of them.
    let all = visible("狐狸在雪地里", cursor: 3, room: 12)
    #expect(all.text == "狐狸在雪地里" && all.back == 6)
    let end = visible("狐狸在雪地里", cursor: 6, room: 5)
    #expect(end.text == "地里" && end.back == 0)
    let foxes = visible("🦊🦊🦊a", cursor: 1, room: 20)
    #expect(foxes.text == "🦊🦊🦊a" && foxes.back == 5)
  }

  @Test func theCursorIsAlwaysInSight() {
    for line in ["a fox in the snow, and a bear", "狐狸在雪地里狐狸在雪地里狐狸在雪地里"] {
      for room in -2...30 {
        for cursor in 0...line.count {
          let seen = visible(line, cursor: cursor, room: room)
          #expect(seen.text.columns <= max(0, room))
          #expect(line.contains(seen.text) || seen.text.isEmpty)
          #expect(seen.back <= max(8, room))
          // What is seen before the cursor is what is before it.
          let width = seen.text.columns - seen.back
          let before = seen.text.prefix(width / (line.first?.columns ?? 1))
          #expect(line.prefix(cursor).hasSuffix(before))
          if room >= 4, cursor > 0 { #expect(width > 0) }
        }
      }
    }
  }
}

@Suite struct OutletTests {
  @Test func terminalPicturesFit() {
    let rgb = [UInt8](repeating: 200, count: 32 * 32 * 3)
    let text = TerminalPicture.halfBlocks.text(rgb, width: 32, height: 32, columns: 20, rows: 30)
    let lines = text.split(separator: "\r\n")
    #expect(lines.count == 10)
    #expect(lines.allSatisfy { $0.count { $0 == "▀" } == 20 })
    let kitty = TerminalPicture.kitty.text(rgb, width: 32, height: 32, columns: 20, rows: 30)
    #expect(kitty.hasPrefix("\u{1B}_Ga=T,q=2,f=24,s=32,v=32,i=1,p=1,c=20,r=10,C=1,m=0;"))
  }

  @Test func sixelsFitTheScreen() {
    let rgb = [UInt8](repeating: 200, count: 320 * 320 * 3)
    func size(columns: Int, rows: Int, cell: (Int, Int)) -> String {
      let text = TerminalPicture.sixel.text(
        rgb, width: 320, height: 320, columns: columns, rows: rows, cell: cell)
      return String(text.drop { $0 != "\"" }.dropFirst().prefix { $0 != "#" })
    }
    #expect(size(columns: 80, rows: 21, cell: (8, 16)) == "1;1;320;320")
    #expect(size(columns: 80, rows: 10, cell: (8, 16)) == "1;1;160;160")
    #expect(size(columns: 80, rows: 21, cell: (6, 13)) == "1;1;273;273")
    #expect(size(columns: 20, rows: 21, cell: (8, 16)) == "1;1;160;160")
    #expect(size(columns: 1, rows: 1, cell: (1, 1)) == "1;1;1;1")
  }

  @Test func smallerPicturesHaveTheMeanOfTheirPixels() {
    let rgb: [UInt8] = [0, 10, 20, 100, 110, 120, 7, 8, 9, 9, 8, 7]
    #expect(resized(rgb, from: (4, 1), to: (2, 1)) == [50, 60, 70, 8, 8, 8])
    #expect(resized(rgb, from: (2, 2), to: (1, 1)) == [29, 34, 39])
    #expect(resized([1, 2, 3], from: (1, 1), to: (2, 1)) == [1, 2, 3, 1, 2, 3])
  }

  @Test func sixelsOfAFewColours() {
    let rgb: [UInt8] = [255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 0, 0]
    let text = Sixel.text(rgb, width: 5, height: 1, scale: 1)
    #expect(text.hasPrefix("\u{1B}P7;1;q\"1;1;5;1#0;2;0;0;0#1;2;0;0;20"))
    #expect(text.hasSuffix("#0!4?@$#180!4@?-\u{1B}\\"))
  }

  @Test(arguments: [
    ("\u{1B}[?62;4;22c", TerminalPicture.sixel, ""), ("\u{1B}[?4c", .halfBlocks, ""),
    ("\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62;4c", .kitty, ""),
    ("\u{1B}_Gi=31;ENOTSUPPORTED:no\u{1B}\\\u{1B}[?64;4c", .sixel, ""),
    ("fo\u{1B}[Dx\u{1B}[?1;2c!", .halfBlocks, "fo\u{1B}[Dx!"), ("a fox", nil, "a fox"),
    ("\u{1B}_Gi=31;OK", nil, "\u{1B}_Gi=31;OK"), ("\u{1B}\u{1B}[?1;4c", .sixel, "\u{1B}"),
    ("\u{1B}_" + String(repeating: "x", count: 99), nil, nil),
  ]) func terminalsSayWhatTheyDraw(sent: String, kind: TerminalPicture?, typed: String?) {
    for size in [1, 3, 100] {
      var answer = TerminalAnswer()
      let bytes = Array(sent.utf8)
      for start in stride(from: 0, to: bytes.count, by: size) {
        answer.take(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(answer.kind == kind)
      #expect(String(decoding: answer.typed, as: UTF8.self) == typed ?? sent)
    }
  }

  @Test func terminalsAreKnownByTheirEnvironment() {
    #expect(TerminalPicture(environment: ["TERM": "xterm-kitty"]) == .kitty)
    #expect(TerminalPicture(environment: ["TERM": "xterm-kitty", "TMUX": "x"]) == .halfBlocks)
    #expect(TerminalPicture(environment: ["TERM": "xterm-256color"]) == .halfBlocks)
  }

  @Test func rawVideoHasTheColoursOfItsStandard() {
    let video = RawVideo(width: 3, height: 1)
    #expect(
      String(decoding: video.header(frames: 24, seconds: 1), as: UTF8.self)
        == "YUV4MPEG2 W3 H1 F24:1 Ip A1:1 C444\n")
    let frame = video.frame([0, 0, 0, 255, 255, 255, 255, 0, 0]).dropFirst(6)
    #expect(Array(frame) == [16, 235, 82, 128, 128, 90, 128, 128, 240])
  }

  @Test func theRecorderKeepsTime() throws {
    let kept = Kept()
    let recorder = Recorder(rate: 50) { rgb in kept.all.withLock { $0.append(rgb[0]) } }
    for number in 1...5 {
      recorder.show(
        Shown(
          number: number, time: monotonicSeconds(), rgb: [UInt8(number)],
          line: Line(id: number / 3, text: "line \(number)"), key: 0))
      usleep(100_000)
    }
    let captions = try recorder.finish()
    let frames = kept.all.withLock { $0 }
    #expect(frames.count >= 24 && frames == frames.sorted() && Set(frames).count == 5)
    #expect(captions.map(\.text) == ["line 2", "line 5"])
    #expect(captions.last?.frames.upperBound == frames.count)
  }

  private final class Kept: Sendable {
    let all = Mutex<[UInt8]>([])
  }
}
