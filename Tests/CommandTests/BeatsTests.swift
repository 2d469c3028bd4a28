import Foundation
import Testing

@Suite struct BeatsTests {
  private let folder: Folder
  private let story = "The fox walked home. It was night.\n\nThe owl slept.\n"

  init() throws {
    folder = try Folder()
    try folder.write("story.txt", story)
  }

  @Test func printsATable() throws {
    let result = try Command.run(["beats", "story.txt"], in: folder)
    #expect(result.status == 0)
    #expect(result.output.contains("The owl slept."))
    #expect(result.errors.isEmpty)
  }

  @Test func readsStandardInput() throws {
    let piped = try Command.run(["beats", "-", "--json"], in: folder, input: story)
    let read = try Command.run(["beats", "story.txt", "--json"], in: folder)
    #expect(piped.status == 0)
    #expect(piped.output == read.output)
  }

  @Test func jsonIsJSONAndItsTimesAddUp() throws {
    struct Timeline: Decodable {
      struct Beat: Decodable {
        var text: String
        var start: Double
        var duration: Double
      }
      var duration: Double
      var beats: [Beat]
    }
    let output = try Command.run(["beats", "story.txt", "--json"], in: folder).output
    let timeline = try JSONDecoder().decode(Timeline.self, from: Data(output.utf8))
    let last = try #require(timeline.beats.last)
    #expect(timeline.beats.first?.start == 0)
    #expect(abs(last.start + last.duration - timeline.duration) < 1e-6)
  }

  @Test func printsSentences() throws {
    let lines = try Command.run(["beats", "story.txt", "--sentences"], in: folder)
    #expect(lines.output == "The fox walked home.\nIt was night.\nThe owl slept.\n")
    let json = try Command.run(["beats", "story.txt", "--sentences", "--json"], in: folder)
    let sentences = try JSONDecoder().decode([String].self, from: Data(json.output.utf8))
    #expect(sentences == ["The fox walked home.", "It was night.", "The owl slept."])
  }

  @Test func printsSubtitles() throws {
    let srt = try Command.run(["beats", "story.txt", "--srt"], in: folder)
    #expect(srt.output.hasPrefix("1\n00:00:00,000 --> "))
    let vtt = try Command.run(["beats", "story.txt", "--vtt"], in: folder)
    #expect(vtt.output.hasPrefix("WEBVTT\n"))
  }

  @Test func aReaderThatHasSeenEnoughIsNoError() throws {
    let long = String(repeating: story, count: 20_000)
    try folder.write("long.txt", long)
    let result = try Command.shell(
      "{ \"$0\" \"$@\"; echo $? >&2; } | head -n 1", ["beats", "long.txt", "--sentences"],
      in: folder)
    #expect(result.errors == "0\n")
  }

  @Test func aFullDiskIsAnError() throws {
    let result = try Command.shell("\"$0\" \"$@\" > /dev/full", ["beats", "story.txt"], in: folder)
    #expect(result.status == 1)
    #expect(result.errorLines.count == 1)
  }

  @Test func keysThatMeanNothingAreSaid() throws {
    try folder.write(
      "keys.md", "---\nsytle: watercolour\nmood: calm\nseed: 7\n---\nThe fox walked home.\n")
    let result = try Command.run(["beats", "keys.md"], in: folder)
    #expect(result.status == 0 && result.output.contains("The fox walked home."))
    let lines = result.errorLines
    #expect(lines.count == 2 && lines.allSatisfy { $0.hasPrefix("fabula: keys.md: ") }, "\(lines)")
    #expect(result.errors.contains("\"sytle\"") && result.errors.contains("did you mean style?"))
    #expect(result.errors.contains("\"mood\"") && !result.errors.contains("seed"))
  }

  @Test func anotherFileIsReplacedIfForced() throws {
    try folder.write("voice.wav", "my shopping list")
    let arguments = ["beats", "story.txt", "--narrate", "--audio-out", "voice.wav"]
    let refused = try Command.run(arguments, in: folder)
    #expect(refused.status == 1 && refused.errors.contains("--force"), "\(refused.errors)")
    let forced = try Command.run(arguments + ["--force"], in: folder)
    #expect(forced.status == 0, "\(forced.errors)")
    let wave = try Data(contentsOf: URL(fileURLWithPath: folder.path("voice.wav")))
    #expect(wave.starts(with: Data("RIFF".utf8)))
  }

  @Test func formsExcludeOneAnother() throws {
    #expect(try Command.run(["beats", "story.txt", "--srt", "--vtt"], in: folder).status == 64)
    #expect(
      try Command.run(["beats", "story.txt", "--srt", "--sentences"], in: folder).status == 64)
  }
}
