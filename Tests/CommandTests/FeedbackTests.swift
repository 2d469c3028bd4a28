import Film
import Foundation
import Testing

@Suite struct FeedbackTests {
  private let folder: Folder
  private let quick =
    ["--size", "64", "--fps", "8", "--duration", "8", "--feedback", "0.5"] + Command.model

  init() throws {
    folder = try Folder()
    try folder.write(
      "story.md",
      "The fox walked home. It was night in the forest.\n\n* * *\n\nThe owl slept. A boat came.\n")
  }

  private func render(_ name: String, _ extra: [String] = []) throws -> [FilmFrame] {
    let result = try Command.run(
      ["render", "story.md", "-o", name, "--codec", "ffv1"] + quick + extra, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    return try FilmReader(path: folder.path(name)).rest()
  }

  @Test func framesDependOnThoseBefore() throws {
    let film = try render("a.mkv", ["--no-cache"])
    #expect(try render("b.mkv") == film)
    // All of it found drawn.
    let again = try Command.run(
      ["render", "story.md", "-o", "c.mkv", "--codec", "ffv1"] + quick, in: folder)
    #expect(again.output.contains(" 0 pictures drawn"), "\(again.output)")
    #expect(try FilmReader(path: folder.path("c.mkv")).rest() == film)
    #expect(try render("d.mkv", ["--feedback", "0.6", "--no-cache"]) != film)
    // A hold stays a hold, and a shot begins anew.
    #expect(film[0].rgb == film[1].rgb)
  }

  @Test func dissolvesAndCamerasGoWithIt() throws {
    let extra = ["--scenes", "dissolve", "--pan", "0.1,0.05", "--zoom", "1.1"]
    let film = try render("a.mkv", extra + ["--no-cache"])
    #expect(try render("b.mkv", extra) == film)
    #expect(film[0].rgb != film[1].rgb)
  }

  @Test func aKilledRenderGoesOn() throws {
    let arguments = ["render", "story.md", "-o", "k.mp4", "--fps", "60"] + quick.dropFirst(2 + 2)
    let small = ["--size", "64"]
    let running = try Command.start("exec \"$0\" \"$@\"", arguments + small, in: folder)
    for _ in 0..<600 where !folder.names.contains("k.mp4.part") {
      Thread.sleep(forTimeInterval: 0.1)
    }
    Thread.sleep(forTimeInterval: 1)
    kill(running.process.processIdentifier, SIGKILL)
    _ = try running.wait()
    #expect(try Command.run(arguments + small, in: folder).status == 0)
    let fresh = arguments.map { $0 == "k.mp4" ? "f.mp4" : $0 } + small + ["--no-cache"]
    #expect(try Command.run(fresh, in: folder).status == 0)
    #expect(
      try FilmReader(path: folder.path("k.mp4")).rest()
        == FilmReader(path: folder.path("f.mp4")).rest())
  }

  @Test(arguments: [["--no-cache"], []])
  func singleFramesAreThoseOfTheFilm(extra: [String]) throws {
    let film = try render("a.mkv", extra)
    let only = ["frames", "story.md", "-o", "dump", "--only", "20-22"] + quick + extra
    #expect(try Command.run(only, in: folder).status == 0)
    for index in 20...22 {
      let picture = try PNG.read(folder.path("dump/frame-0000\(index).png"))
      #expect(picture.rgb == film[index].rgb, "frame \(index)")
    }
  }

  @Test(arguments: [
    ["render", "--shard", "1/2"], ["render", "--budget", "1s"], ["render", "--loop"],
    ["frames", "--bits", "16"], ["render", "--feedback", "1"], ["render", "--feedback", "0"],
  ])
  func whatCannotWorkIsSaid(arguments: [String]) throws {
    let command = [arguments[0], "story.md"] + quick + arguments.dropFirst()
    let result = try Command.run(command, in: folder)
    #expect(result.status == 64)
    #expect(result.errors.contains("feedback"), "\(result.errors)")
  }
}
