import Film
import Foundation
import Testing
import Voice

@Suite struct FramesTests {
  private let folder: Folder
  private let quick = ["--size", "64", "--fps", "8", "--duration", "4"] + Command.model

  init() throws {
    folder = try Folder()
    try folder.write("story.txt", "The fox walked home. It was night in the forest.\n")
  }

  private func run(_ arguments: [String]) throws -> Command.Result {
    try Command.run(arguments, in: folder)
  }

  private func pictures(_ name: String) throws -> [[UInt8]] {
    let dump = try FrameFolder(path: folder.path(name))
    return try dump.files.indices.map { try dump.picture($0).rgb }
  }

  /// Four seconds of sound.
  private func writeVoice() throws {
    let speech = Speech(samples: [Float](repeating: 0.1, count: 8000 * 4), rate: 8000)
    try folder.write("voice.wav", bytes: speech.wave)
  }

  @Test func aFilmOfTheDumpIsTheFilm() throws {
    let lossless = ["--codec", "ffv1"]
    #expect(try run(["render", "story.txt", "-o", "a.mkv"] + quick + lossless).status == 0)
    #expect(try run(["frames", "story.txt", "-o", "dump"] + quick).status == 0)
    #expect(try run(["film", "dump", "-o", "b.mkv"] + lossless).status == 0)
    let (a, b) = (
      try FilmReader(path: folder.path("a.mkv")), try FilmReader(path: folder.path("b.mkv"))
    )
    #expect(a.info.fps == b.info.fps)
    #expect(a.info.metadata["title"] == b.info.metadata["title"])
    #expect(try a.rest() == b.rest())
  }

  @Test func editedPicturesAreSafeAndSingleOnesComeAgain() throws {
    #expect(try run(["frames", "story.txt"] + quick).status == 0)
    let frame = folder.path("story-frames/frame-000003.png")
    let drawn = try PNG.read(frame)
    try PNG.write(
      Picture(width: 64, height: 64, rgb: [UInt8](repeating: 9, count: 64 * 64 * 3)), to: frame)
    let refused = try run(["frames", "story.txt"] + quick)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("edited"))
    // A frame that is there isn't drawn again unasked.
    #expect(try run(["frames", "story.txt", "--only", "2-4"] + quick).status == 0)
    #expect(try PNG.read(frame).rgb.allSatisfy { $0 == 9 })
    #expect(try run(["frames", "story.txt", "--only", "3", "--again"] + quick).status == 0)
    #expect(try PNG.read(frame).rgb == drawn.rgb)
  }

  @Test func framesOfAnotherSeedAreNotTakenForTheFilms() throws {
    func draw(
      _ seed: String, _ options: [String] = [], into name: String = "dump"
    ) throws -> Command.Result {
      let result = try run(["frames", "story.txt", "-o", name, "--seed", seed] + options + quick)
      #expect(result.status == 0, "\(result.errors)")
      return result
    }
    _ = try draw("1")
    let first = try pictures("dump")
    let some = try draw("2", ["--only", "0-4", "--again"])
    #expect(some.output.contains("dump: 5 frames") && some.errors.contains("another seed"))
    let mixed = try pictures("dump")
    #expect(mixed[0] != first[0] && mixed[5...] == first[5...])
    // Of the first seed's film these are missing.
    #expect(try draw("1").output.contains("dump: 5 frames"))
    #expect(try pictures("dump") == first)
    #expect(try draw("1").output.contains("dump: 0 frames"))
    // Of the second's all others are.
    _ = try draw("2", ["--only", "0-4", "--again"])
    #expect(try draw("2").output.contains("dump: \(first.count) frames"))
    _ = try draw("2", into: "fresh")
    let second = try pictures("fresh")
    #expect(try pictures("dump") == second)
  }

  @Test func singleFramesLeaveTheSentencesAndTheSound() throws {
    try writeVoice()
    let dump = ["frames", "story.txt", "-o", "dump"] + quick
    #expect(try run(dump + ["--audio", "voice.wav"]).status == 0)
    let before = try FrameManifest(folder: folder.path("dump"))
    try folder.write("story.txt", "The owl slept in the village. It was day at the sea.\n")
    #expect(try run(dump + ["--only", "3", "--again"]).status == 0)
    var after = try FrameManifest(folder: folder.path("dump"))
    #expect(after.frames[3].text.contains("owl") && after.frames[3].plan != nil)
    after.frames = before.frames
    #expect(after == before && before.audio != nil)
    // The edited story's film is another one.
    let whole = try run(dump)
    #expect(whole.output.contains("dump: \(before.frames.count) frames"), "\(whole.output)")
    let texts = try FrameManifest(folder: folder.path("dump")).frames.map(\.text)
    #expect(!texts.contains { $0.contains("fox") })
  }

  @Test func soundIsNotPlayedAtAnotherRate() throws {
    try writeVoice()
    #expect(
      try run(["frames", "story.txt", "-o", "dump", "--audio", "voice.wav"] + quick).status == 0)
    let refused = try run(["film", "dump", "--fps", "4"])
    #expect(refused.status == 1 && refused.errorLines.count == 1, "\(refused.errors)")
    #expect(refused.errors.contains("8 frames a second") && refused.errors.contains("--audio"))
    #expect(!folder.names.contains("dump.mp4"))
    // One that has no sound, and one that has another.
    for options in [["-o", "a.gif"], ["-o", "b.mp4", "--audio", "voice.wav"]] {
      let film = try run(["film", "dump", "--fps", "4"] + options)
      #expect(film.status == 0, "\(film.errors)")
    }
  }

  @Test func aKilledDumpIsAFilmAndGoesOn() throws {
    try folder.write(
      "story.txt", (0..<30).map { "The fox number \($0) walked home." }.joined(separator: " "))
    let arguments =
      ["frames", "story.txt", "-o", "dump", "--size", "64", "--fps", "24"] + Command.model
    let running = try Command.start("exec \"$0\" \"$@\"", arguments, in: folder)
    for _ in 0..<600 {
      if ((try? FrameFolder(path: folder.path("dump")).files.count) ?? 0) > 30 { break }
      Thread.sleep(forTimeInterval: 0.05)
    }
    kill(running.process.processIdentifier, SIGKILL)
    _ = try running.wait()
    let left = try FrameFolder(path: folder.path("dump"))
    let manifest = try #require(left.manifest)
    #expect(left.files.count == manifest.frames.count)
    #expect(manifest.frames.allSatisfy { !$0.hash.isEmpty && $0.text.contains("fox") })
    #expect(try run(["film", "dump", "-o", "half.mkv", "--codec", "ffv1"]).status == 0)
    let half = try FilmReader(path: folder.path("half.mkv")).rest()
    // An old time tells a frame that stays from one that is drawn again.
    let first = folder.path("dump/" + left.files[0])
    var times = [timeval(tv_sec: 1_000, tv_usec: 0), timeval(tv_sec: 1_000, tv_usec: 0)]
    utimes(first, &times)
    let again = try run(arguments)
    #expect(again.status == 0, "\(again.errors)")
    var status = stat()
    #expect(stat(first, &status) == 0 && status.st_mtim.tv_sec == 1_000)
    #expect(try run(["film", "dump", "-o", "whole.mkv", "--codec", "ffv1"]).status == 0)
    #expect(
      try run(
        ["render", "story.txt", "-o", "film.mkv", "--codec", "ffv1", "--size", "64"]
          + Command.model
      ).status == 0)
    let whole = try FilmReader(path: folder.path("whole.mkv")).rest()
    #expect(try FilmReader(path: folder.path("film.mkv")).rest() == whole)
    #expect(half == Array(whole.prefix(half.count)))
  }

  @Test func aDumpHasATimeline() throws {
    #expect(
      try run(["frames", "story.txt", "-o", "dump", "--otio", "story.otio"] + quick).status == 0)
    let text = try String(contentsOfFile: folder.path("story.otio"), encoding: .utf8)
    #expect(text.contains("ImageSequenceReference.1") && text.contains("\"dump/\""))
    #expect(text.contains("The fox walked home."))
  }

  @Test func deletedFramesShortenTheFilm() throws {
    #expect(try run(["frames", "story.txt", "-o", "dump"] + quick).status == 0)
    let all = try FrameFolder(path: folder.path("dump")).files
    for file in all.prefix(8) {
      try FileManager.default.removeItem(atPath: folder.path("dump/\(file)"))
    }
    #expect(try run(["film", "dump"]).status == 0)
    #expect(try FilmReader(path: folder.path("dump.mp4")).rest().count == all.count - 8)
  }

  @Test func sixteenBitsRoundToTheEight() throws {
    let first = ["--only", "0-2"] + quick
    #expect(try run(["frames", "story.txt", "-o", "eight"] + first).status == 0)
    #expect(try run(["frames", "story.txt", "-o", "sixteen", "--bits", "16"] + first).status == 0)
    let eight = try PNG.read(folder.path("eight/frame-000001.png"))
    let sixteen = try PNG.read(folder.path("sixteen/frame-000001.png"))
    guard case .sixteen = sixteen.pixels else {
      Issue.record("not 16 bits")
      return
    }
    #expect(zip(eight.rgb, sixteen.rgb).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
    #expect(try run(["frames", "story.txt", "--bits", "12"] + quick).status == 64)
  }

  @Test func refusals() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("other"), withIntermediateDirectories: true)
    try folder.write("other/notes.txt", "mine")
    #expect(try run(["frames", "story.txt", "-o", "other"] + quick).status == 1)
    #expect(try run(["frames", "story.txt", "-o", "story.txt"] + quick).status == 1)
    #expect(try run(["frames", "story.txt", "--only", "9999"] + quick).status == 1)
    #expect(try run(["frames", "story.txt", "--only", "5-2"] + quick).status == 64)
    #expect(try run(["film", "other"]).status == 1)
    #expect(try run(["film", "absent"]).status == 1)
  }
}
