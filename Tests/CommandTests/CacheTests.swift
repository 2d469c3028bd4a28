import Film
import Foundation
import Testing

@Suite struct CacheTests {
  private let folder: Folder
  private let quick = ["--size", "64", "--fps", "12", "--codec", "ffv1"] + Command.model

  init() throws {
    folder = try Folder()
    try folder.write("story.txt", story("small"))
  }

  private func story(_ word: String) -> String {
    "The fox walked home. It was night. The \(word) owl slept. The boat was red. The moon rose."
  }

  /// Renders, and returns how many pictures the summary says were drawn.
  private func render(_ name: String, _ extra: [String] = []) throws -> Int {
    let result = try Command.run(["render", "story.txt", "-o", name] + quick + extra, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    let words = result.output.split(separator: " ")
    let index = try #require(words.firstIndex(of: "pictures"))
    return try #require(Int(words[index - 1]))
  }

  private func frames(_ name: String) throws -> [FilmFrame] {
    try FilmReader(path: folder.path(name)).rest()
  }

  @Test func aRepeatedFilmDrawsNothing() throws {
    #expect(try render("a.mkv") > 10)
    #expect(try render("b.mkv") == 0)
    #expect(try render("c.mkv", ["--no-cache"]) > 10)
    #expect(try frames("a.mkv") == frames("b.mkv"))
    #expect(try frames("a.mkv") == frames("c.mkv"))
  }

  @Test func anEditRedrawsOnlyTheTravelsBesideIt() throws {
    let all = try render("a.mkv")
    // A word of another length moves all that follows by a fraction of a frame.
    try folder.write("story.txt", story("sleepy little"))
    let edited = try render("b.mkv")
    #expect(edited > 0 && Double(edited) < 0.75 * Double(all))
    _ = try render("c.mkv", ["--no-cache"])
    #expect(try frames("b.mkv") == frames("c.mkv"))
  }

  @Test func framesDrawnAloneAreThoseOfTheFilm() throws {
    _ = try render("a.mkv")
    let film = try frames("a.mkv").map(\.rgb)
    let moving = try #require(film.indices.dropFirst(3).first { film[$0 - 1] != film[$0] })
    let only = ["--only", "\(moving)-\(moving + 1)", "--no-cache"]
    let arguments = ["frames", "story.txt", "-o", "dump", "--size", "64", "--fps", "12"]
    #expect(try Command.run(arguments + only + Command.model, in: folder).status == 0)
    for index in moving...moving + 1 {
      let name = "frame-" + String(repeating: "0", count: 6 - "\(index)".count) + "\(index).png"
      let isSame = try PNG.read(folder.path("dump/" + name)).rgb == film[index]
      #expect(isSame, "frame \(index)")
    }
  }

  @Test func whatWouldChangeAPictureChangesItsName() throws {
    _ = try render("a.mkv")
    for extra in [["--seed", "1"], ["--steps", "2"], ["--blend", "lerp"], ["--size", "72"]] {
      #expect(try render("b.mkv", extra) > 0, "\(extra)")
    }
  }

  @Test func aKilledRenderGoesOnWhereItStopped() throws {
    let arguments =
      ["render", "story.txt", "--size", "64", "--fps", "60"] + Command.model + ["-o", "k.mp4"]
    for wait in [0.2, 0.9, 1.7] {
      let running = try Command.start("exec \"$0\" \"$@\"", arguments, in: folder)
      for _ in 0..<600 where !folder.names.contains("k.mp4.part") {
        Thread.sleep(forTimeInterval: 0.1)
      }
      Thread.sleep(forTimeInterval: wait)
      kill(running.process.processIdentifier, SIGKILL)
      _ = try running.wait()
    }
    let resumed = try Command.run(arguments, in: folder)
    #expect(resumed.status == 0, "\(resumed.errors)")
    let fresh = try Command.run(
      arguments.dropLast() + ["f.mp4", "--no-cache"], in: folder)
    #expect(fresh.status == 0)
    #expect(try frames("k.mp4") == frames("f.mp4"))
    #expect(!folder.names.contains("k.mp4.part"))
  }

  @Test func partsDrawnApartMakeTheWhole() throws {
    for part in ["1/3", "2/3", "3/3"] {
      let arguments = ["render", "story.txt", "--shard", part] + quick
      #expect(try Command.run(arguments, in: folder).status == 0)
    }
    #expect(folder.names == ["story.txt"])
    #expect(try render("a.mkv") == 0)
    #expect(try Command.run(["render", "story.txt", "--shard", "4/3"], in: folder).status == 64)
  }

  @Test func aBrokenPictureIsDrawnAgain() throws {
    _ = try render("a.mkv")
    let pictures = folder.path(".cache/fabula/pictures")
    let names = try #require(FileManager.default.enumerator(atPath: pictures)).allObjects
    for case let name as String in names where name.hasSuffix(".png") {
      try Data([0x89, 0x50]).write(to: URL(fileURLWithPath: pictures + "/" + name))
    }
    #expect(try render("b.mkv") > 0)
    #expect(try frames("a.mkv") == frames("b.mkv"))
  }

  @Test func theLimitHolds() throws {
    _ = try render("a.mkv", ["--cache-limit", "0.0001"])
    let shown = try Command.run(["cache"], in: folder)
    let words = shown.output.split(separator: " ")
    let size = try #require(words.dropLast().last.flatMap { Double($0) })
    // Less than the limit of 0.1 MiB, and the picture that met it.
    #expect(size < 0.2, "\(shown.output)")
    #expect(try Command.run(["cache", "--clear"], in: folder).output.contains(": 0 pictures"))
  }

  @Test func aCacheThatCannotBeWrittenIsNoError() throws {
    try folder.write("file", "")
    let result = try Command.run(
      ["render", "story.txt", "-o", "a.mkv", "--cache-dir", "file"] + quick, in: folder)
    #expect(result.status == 0)
    #expect(result.errors.contains("not kept"))
  }
}
