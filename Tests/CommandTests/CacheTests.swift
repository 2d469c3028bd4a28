import Film
import Foundation
import Testing

@testable import fabula

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

  @Test func onlyItsOwnFilesAreEverTakenAway() throws {
    let key = String(repeating: "0123456789abcdef", count: 4)
    let endings = ["png", "png.tmp", "png.17-1.tmp", "places", "probes"]
    let own = endings.map { "01/\(key.dropFirst(2)).\($0)" } + ["01/.dat.nosync11.abc"]
    let foreign = [
      "js/app.js", "go/main.go", "js/.dat.nosync11.abc", "01/notes.png",
      "01/\(key.dropFirst(2)).txt",
    ]
    for name in own + foreign {
      let file = folder.url.appendingPathComponent("project/" + name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try folder.write("project/" + name, "text")
    }
    let arguments = ["cache", "--clear", "--cache-dir", "project"]
    #expect(try Command.run(arguments, in: folder).status == 0)
    let left = (own + foreign).filter {
      FileManager.default.fileExists(atPath: folder.path("project/" + $0))
    }
    #expect(left == foreign)
  }

  @Test func aModelBehindALinkIsNamedByWhatItHolds() throws {
    for (name, text) in [("a", "one"), ("b", "two")] {
      try FileManager.default.createDirectory(
        atPath: folder.path("\(name)/unet"), withIntermediateDirectories: true)
      try folder.write("\(name)/unet/config.json", text)
    }
    func digest(of name: String) throws -> String {
      let link = folder.path("current")
      try? FileManager.default.removeItem(atPath: link)
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: name)
      return ModelDigest(directory: link).hex
    }
    #expect(try digest(of: "a") != digest(of: "b"))
    #expect(try digest(of: "a") == ModelDigest(directory: folder.path("a")).hex)
    // A linked folder inside counts too, and one that leads back ends.
    try FileManager.default.createDirectory(
      atPath: folder.path("c"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("c/unet"), withDestinationPath: folder.path("a/unet"))
    #expect(try digest(of: "c") == digest(of: "a"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("c/back"), withDestinationPath: folder.path("c"))
    #expect(try digest(of: "c") != digest(of: "a"))
  }

  @Test func copiesOfAProgramHaveItsBuildID() throws {
    let id = try #require(BuildID(program: Command.path))
    #expect(id.hex.count >= 16)
    let copy = folder.path("copy")
    try FileManager.default.copyItem(atPath: Command.path, toPath: copy)
    #expect(BuildID(program: copy) == id)
    let head = try Data(contentsOf: URL(fileURLWithPath: copy), options: .alwaysMapped).prefix(5000)
    for length in [0, 5, 63, 64, 70] {
      try folder.write("head", bytes: Array(head.prefix(length)))
      #expect(BuildID(program: folder.path("head")) == nil, "\(length)")
    }
    // Lengths and offsets that lead out of the file.
    for position in 32..<64 {
      var broken = Array(head)
      broken[position] = 0xFF
      try folder.write("head", bytes: broken)
      _ = BuildID(program: folder.path("head"))
    }
  }

  @Test func aCacheThatCannotBeWrittenIsNoError() throws {
    try folder.write("file", "")
    let result = try Command.run(
      ["render", "story.txt", "-o", "a.mkv", "--cache-dir", "file"] + quick, in: folder)
    #expect(result.status == 0)
    #expect(result.errors.contains("not kept"))
  }
}
