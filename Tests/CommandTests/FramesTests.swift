import Film
import Foundation
import Testing

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
