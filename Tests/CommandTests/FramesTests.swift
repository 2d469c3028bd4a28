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
