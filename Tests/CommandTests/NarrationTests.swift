import Film
import Foundation
import Story
import Testing
import Travel
import Voice

@testable import fabula

/// The voice and the pictures, together.
@Suite struct NarrationTests {
  private let folder: Folder
  private let quick = ["--size", "64", "--fps", "24"] + Command.model

  init() throws {
    folder = try Folder()
    try folder.write(
      "story.md",
      """
      # A Walk

      The fox walked home. It was night in the forest, and the owl waited.

      ***

      "Good night," said the owl.

      """)
  }

  /// A voice whose words are tones, longer for longer texts, with silence around them.
  private struct Tones: Voice {
    func speak(_ text: String) throws(VoiceError) -> Speech {
      let length = 6_400 + 307 * text.utf8.count
      let tone = (0..<length).map { Float(0.6 * sin(Double($0) * 0.4)) }
      return Speech(
        samples: [Float](repeating: 0, count: 777) + tone + [Float](repeating: 0, count: 555),
        rate: 8000)
    }
  }

  /// What a viewer sees and hears: of every beat of ten minutes, when its first frame is shown and
  /// when its voice is heard. Each beat has a colour of its own, from which its frame is told.
  @Test func tenMinutesStayInSync() throws {
    let text = (0..<12).map { chapter in
      "# Chapter \(chapter + 1)\n\n"
        + (0..<16).map { index in
          "The fox met \(["an owl", "a bear", "a whale and a small bird"][index % 3]) on day "
            + "\(index + 1)\(index % 5 == 0 ? " of the long and quiet winter" : "")."
            + (index % 4 == 3 ? "\n\n" : " ")
        }.joined()
    }.joined(separator: "\n")
    let story = try Story(reading: Array(text.utf8), name: "story.md")
    let narration = try Narration(of: story, by: Tones())
    #expect(narration.story.beats.count >= 200)
    #expect(narration.story.duration >= 600)
    let plan = try Production(
      story: narration.story, rate: .cinema, options: TravelOptions()
    ).plan

    let path = folder.path("film.mp4")
    let writer = try FilmWriter(
      path: path,
      options: FilmOptions(path: path, width: 64, height: 64, preset: "ultrafast"),
      tracks: FilmTracks(
        audio: .samples(narration.speech.samples, rate: narration.speech.rate, channels: 1)))
    let colours = [[UInt8](repeating: 40, count: 64 * 64 * 3), .init(repeating: 200, count: 12288)]
    for index in 0..<plan.frameCount { try writer.append(colours[plan.frame(index).stop % 2]) }
    _ = try writer.finish()

    var seen: [Double] = []
    var colour: UInt8?
    let reader = try FilmReader(path: path)
    while let frame = try reader.next() {
      if colour != frame.rgb[0] / 100 { seen.append(frame.time) }
      colour = frame.rgb[0] / 100
    }
    let heard = try HeardSound(of: path).onsets(above: 0.1, after: 0.15)
    #expect(seen.count == narration.story.beats.count)
    #expect(heard.count == narration.story.beats.count)
    let errors = zip(seen, heard).map { abs($0 - $1) * 24 }
    let worst = try #require(errors.max())
    print("narration: \(errors.count) beats, at most \(worst) frames from their pictures")
    #expect(worst <= 0.75)
    // Without drift the end is no worse than the beginning.
    #expect(errors.suffix(50).reduce(0, +) / 50 < 0.5)
  }

  @Test func aNarratedFilm() throws {
    let result = try Command.run(["render", "story.md", "--narrate"] + quick, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    try check("story.mp4")
    // Nothing about the sound is left to chance.
    let again = try Command.run(
      ["render", "story.md", "--narrate", "-o", "again.mp4"] + quick, in: folder)
    #expect(again.status == 0 && again.output.contains(" 0 pictures drawn"), "\(again.output)")
    let files = try ["story.mp4", "again.mp4"].map {
      try Data(contentsOf: URL(fileURLWithPath: folder.path($0)))
    }
    #expect(files[0] == files[1])
  }

  @Test func aDumpKeepsItsNarration() throws {
    let dump = try Command.run(
      ["frames", "story.md", "--narrate", "-o", "dump"] + quick, in: folder)
    #expect(dump.status == 0, "\(dump.errors)")
    #expect(try Command.run(["film", "dump"], in: folder).status == 0)
    try check("dump.mp4")
    // As a sound of one's own it stays; a silent dump has none.
    for (options, isThere) in [(["--audio", "dump/narration.wav"], true), ([], false)] {
      let again = try Command.run(
        ["frames", "story.md", "-o", "dump"] + options + quick, in: folder)
      #expect(again.status == 0, "\(again.errors)")
      #expect(
        FileManager.default.fileExists(atPath: folder.path("dump/narration.wav")) == isThere)
    }
  }

  /// A voice that never says the same twice is asked once; parts and films agree.
  @Test func aCommandIsAskedOnce() throws {
    var tone = Speech(samples: [Float](repeating: 0.5, count: 64_000), rate: 8000).wave
    // Without a size, a piece of the file is a file.
    tone.replaceSubrange(40..<44, with: [0, 0, 0, 0])
    try folder.write("tone.wav", bytes: tone)
    let command = [
      "--voice-command", "echo >> asked; head -c $((8044 + $(wc -l < asked) * 800)) tone.wav",
    ]
    let part = try Command.run(
      ["render", "story.md", "--shard", "1/1"] + command + quick, in: folder)
    #expect(part.status == 0, "\(part.errors)")
    func asked() throws -> Int {
      try String(contentsOfFile: folder.path("asked"), encoding: .utf8).count
    }
    let first = try asked()
    let film = try Command.run(["render", "story.md"] + command + quick, in: folder)
    #expect(film.status == 0 && film.output.contains(" 0 pictures drawn"), "\(film.output)")
    #expect(try asked() == first)
    let anew = try Command.run(["beats", "story.md", "--no-cache"] + command, in: folder)
    #expect(anew.status == 0, "\(anew.errors)")
    #expect(try asked() == first * 2)
  }

  @Test func frontMatterNarrates() throws {
    let story = try String(contentsOfFile: folder.path("story.md"), encoding: .utf8)
    try folder.write("own.md", "---\nnarrate: true\nvoice: en-us\n---\n" + story)
    let spoken = try Command.run(["beats", "own.md", "--json"], in: folder)
    let plain = try Command.run(["beats", "own.md", "--no-narrate", "--json"], in: folder)
    let named = try Command.run(["beats", "own.md", "--voice", "en-gb", "--json"], in: folder)
    #expect(spoken.status == 0 && plain.status == 0 && named.status == 0, "\(spoken.errors)")
    #expect(Set([spoken.output, plain.output, named.output]).count == 3)
  }

  @Test func aSlowerPaceSpeaksSlower() throws {
    let lengths = try ["100", "173", "300"].map { pace in
      try timeline(["--narrate", "--pace", pace]).duration
    }
    #expect(lengths[0] > lengths[1] && lengths[1] > lengths[2])
  }

  @Test func subtitlesKeepTheirTimes() throws {
    try folder.write(
      "story.srt",
      """
      1
      00:00:01,000 --> 00:00:02,000
      The fox walked home through the forest.

      2
      00:00:02,000 --> 00:00:03,000
      ♪

      3
      00:00:09,500 --> 00:00:12,000
      It was night.

      """)
    let starts = try timeline(["--narrate"], of: "story.srt").beats.map(\.start)
    #expect(starts.count == 3)
    // The first takes longer to say than its second; the last is on time again.
    #expect(starts[0] == 1 && starts[1] > 2.5 && starts[2] == 9.5)
  }

  @Test func aStoryIsFittedToItsRecording() throws {
    let wave = Speech(samples: [Float](repeating: 0.1, count: 8000 * 21), rate: 8000).wave
    try folder.write("voice.wav", bytes: wave)
    #expect(abs(try timeline(["--audio", "voice.wav"]).duration - 21) < 1e-6)
    #expect(abs(try timeline(["--audio", "voice.wav", "--duration", "15"]).duration - 15) < 1e-6)
    try folder.write("story.srt", "1\n00:00:01,000 --> 00:00:02,500\nThe fox walked home.\n")
    #expect(try timeline(["--audio", "voice.wav"], of: "story.srt").duration == 1.5 + 1)
    let result = try Command.run(
      ["render", "story.md", "--audio", "voice.wav"] + quick, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    let info = try FilmReader(path: folder.path("story.mp4")).info
    #expect(info.streams.contains { $0.codec == "aac" && abs(($0.duration ?? 0) - 21) < 0.05 })
    #expect(abs(info.duration - 21) < 0.05)
  }

  /// A recording of the story by another voice, at a pace that isn't expected, with pauses inside
  /// of sentences too: each sentence begins where it does.
  @Test(arguments: [0.75, 1, 1.3])
  func aRecordingGivesItsTimes(speed: Double) throws {
    let text = (0..<12).map { index in
      "The fox went out on day \(index + 1), and it met \(["an owl", "a bear"][index % 2]). "
        + "\(["It was cold.", "Nobody in the old village, small as it was, knew."][index % 2])"
        + (index % 3 == 2 ? "\n\n" : " ")
    }.joined()
    let story = try Story(reading: Array(text.utf8))
    let voice = try EspeakVoice(language: "en", name: "en-us", speed: speed)
    let told = try Narration(of: story, by: voice)
    let speech = told.speech
    let sound = try Sound(
      reading: .samples(speech.samples, rate: speech.rate, channels: 1), rate: 16_000)
    let length = told.story.durationMicroseconds
    let found = try #require(story.aligned(to: sound.pauses, of: length))
    #expect(found.durationMicroseconds == length)
    for (one, other) in zip(found.beats, told.story.beats) {
      #expect(abs(one.start - other.start) <= 1.0 / 24, "\(other.text)")
    }
    // Another story's recording is told from this one's.
    let short = try Story(reading: Array(text.prefix(300).utf8))
    #expect(short.aligned(to: Array(sound.pauses.prefix(2)), of: length) == nil)
  }

  @Test func theVoiceAlone() throws {
    let result = try Command.run(
      ["beats", "story.md", "--narrate", "--audio-out", "voice.wav", "--srt"], in: folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("-->"))
    let wave = try Data(contentsOf: URL(fileURLWithPath: folder.path("voice.wav")))
    let speech = try Speech(wave: Array(wave))
    let length = Double(speech.microseconds) / 1e6
    #expect(abs(length - (try timeline(["--narrate"]).duration)) < 0.001)
  }

  @Test func whatCannotBeSpoken() throws {
    try folder.write("tone.wav", bytes: Speech(samples: [0.5, -0.5], rate: 8000).wave)
    try folder.write("silent.wav", bytes: Speech(samples: [0, 0, 0], rate: 8000).wave)
    let before = folder.names
    func expect(_ options: [String], _ status: Int32, _ words: String) throws {
      for command in [["beats", "story.md"], ["render", "story.md"] + Command.model] {
        let result = try Command.run(command + options, in: folder)
        #expect(result.status == status, "\(options) \(result.errors)")
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(result.output.isEmpty && folder.names == before)
        if status == 1 { #expect(result.errorLines.count == 1, "\(result.errors)") }
      }
    }
    try expect(["--narrate", "--language", "tlh"], 1, "no voice for \"tlh\"")
    try expect(["--voice", "nobody"], 1, "no voice \"nobody\"")
    try expect(["--voice-command", "echo sorry >&2; exit 2"], 1, "status 2 (sorry)")
    try expect(["--voice-command", "cat silent.wav"], 1, "says nothing for \"A Walk\"")
    try expect(["--voice-command", "head -c 46 tone.wav"], 1, "ends too soon")
    try expect(["--voice-command", "cat"], 1, "no WAV")
    try expect(["--audio", "absent.wav"], 1, "absent.wav")
    try expect(["--narrate", "--duration", "20"], 1, "--pace")
    try expect(["--narrate", "--audio", "tone.wav"], 64, "--audio")
    try expect(["--no-narrate", "--voice", "de"], 64, "--no-narrate")
    try expect(["--voice", "de", "--voice-command", "cat"], 64, "two voices")
    try folder.write("empty.txt", "")
    let empty = try Command.run(["beats", "empty.txt", "--narrate"], in: folder)
    #expect(empty.status == 1 && empty.errors.contains("empty"))
  }

  @Test func anInterruptionEndsTheCommandToo() throws {
    let arguments = [
      "render", "story.md", "--voice-command", "echo $$ > shell.pid; sleep 100; true",
    ]
    let running = try Command.start(
      "exec \"$0\" \"$@\"", arguments + Command.model, in: folder)
    var shell: Int32?
    for _ in 0..<600 where shell == nil {
      usleep(50_000)
      let text = (try? String(contentsOfFile: folder.path("shell.pid"), encoding: .utf8)) ?? ""
      shell = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    kill(running.process.processIdentifier, SIGINT)
    #expect(try running.wait().status == 130)
    #expect(kill(try #require(shell), 0) == -1)
  }

  private struct Told: Decodable {
    struct Beat: Decodable {
      var start: Double
      var voice: Double
    }
    var duration: Double
    var beats: [Beat]
  }

  private func timeline(_ options: [String], of story: String = "story.md") throws -> Told {
    let result = try Command.run(["beats", story, "--json"] + options, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(Told.self, from: Data(result.output.utf8))
  }

  /// Whether each beat's voice begins with the beat's first frame, and the pause before it is one.
  private func check(_ film: String) throws {
    let told = try timeline(["--narrate"])
    let track = try HeardSound(of: folder.path(film))
    #expect(told.beats.count > 3)
    for beat in told.beats {
      let frame = (beat.start * 24).rounded() / 24
      let onset = try #require(track.onset(after: frame - 0.2, above: 0.01))
      #expect(abs(onset - frame) <= 1.0 / 24, "\(onset) for \(frame)")
    }
  }
}
