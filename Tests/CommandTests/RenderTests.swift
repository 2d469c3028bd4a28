import Film
import Foundation
import Testing

@Suite struct RenderTests {
  private let folder: Folder
  private let quick = ["--size", "64x64", "--fps", "8", "--duration", "6"] + Command.model

  init() throws {
    folder = try Folder()
    try folder.write(
      "story.md",
      """
      # A Walk

      The fox walked home. It was night in the forest.

      ***

      The owl slept in the village.

      """)
  }

  private func film(_ name: String) throws -> (info: FilmInfo, frames: [FilmFrame]) {
    let reader = try FilmReader(path: folder.path(name))
    return (reader.info, try reader.rest())
  }

  @Test func makesTheFilmThatTheTimelineDescribes() throws {
    let result = try Command.run(["render", "story.md"] + quick, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(folder.names == ["story.md", "story.mp4"])
    let film = try film("story.mp4")
    // The chapters' titles are a stream of their own.
    let codecs = film.info.streams.map(\.codec).filter { $0 != "bin_data" }
    #expect(codecs.sorted() == ["h264", "mov_text"])
    #expect(film.info.metadata["title"] == "A Walk")
    #expect(film.info.chapters.count >= 2)
    let srt = try Command.run(["beats", "story.md", "--srt", "--duration", "6"], in: folder).output
    let cues = srt.components(separatedBy: "\n\n").count
    #expect(try FilmReader.subtitles(path: folder.path("story.mp4")).count == cues)
    // Headings and pauses may not shrink to any length, so the timeline tells what six seconds are.
    let json = try Command.run(["beats", "story.md", "--json", "--duration", "6"], in: folder)
    struct Timeline: Decodable { var duration: Double }
    let length = try JSONDecoder().decode(Timeline.self, from: Data(json.output.utf8)).duration
    #expect(abs(Double(film.frames.count) - length * 8) <= 1)
    #expect(result.output.contains("\(film.frames.count) frames"))
  }

  @Test func pictureChangesAndIsNotBlank() throws {
    _ = try Command.run(["render", "story.md"] + quick, in: folder)
    let frames = try film("story.mp4").frames
    let middle = try #require(frames[frames.count / 2].rgb.max())
    #expect(middle > 32)
    #expect(frames.first?.rgb != frames.last?.rgb)
  }

  @Test func sameSeedSameFrames() throws {
    for name in ["a.mkv", "b.mkv", "c.mkv"] {
      let seed = name == "c.mkv" ? "8" : "7"
      let result = try Command.run(
        ["render", "story.md", "-o", name, "--codec", "ffv1", "--seed", seed, "--no-cache"] + quick,
        in: folder)
      #expect(result.status == 0, "\(result.errors)")
    }
    let (a, b, c) = (try film("a.mkv"), try film("b.mkv"), try film("c.mkv"))
    #expect(a.frames == b.frames)
    #expect(a.frames != c.frames)
  }

  @Test func readsStandardInput() throws {
    let result = try Command.run(
      ["render", "-", "-q"] + quick, in: folder, input: "The fox walked home.")
    #expect(result.status == 0)
    #expect(result.output.isEmpty && result.errors.isEmpty)
    #expect(folder.names.contains("story.mp4"))
  }

  @Test func theDefaultOutputReplacesOwnFilmsOnly() throws {
    #expect(try Command.run(["render", "story.md"] + quick, in: folder).status == 0)
    #expect(try Command.run(["render", "story.md"] + quick, in: folder).status == 0)
    // A film from elsewhere, by name and content.
    let other = folder.path("story.mp4")
    let options = FilmOptions(path: other, width: 64, height: 64)
    let writer = try FilmWriter(path: other, options: options)
    try writer.append([UInt8](repeating: 99, count: 64 * 64 * 3))
    _ = try writer.finish()
    let refused = try Command.run(["render", "story.md"] + quick, in: folder)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("not Fabula's"), "\(refused.errors)")
  }

  @Test func replacesAFilmButNothingElse() throws {
    #expect(try Command.run(["render", "story.md", "-o", "a.mp4"] + quick, in: folder).status == 0)
    #expect(try Command.run(["render", "story.md", "-o", "a.mp4"] + quick, in: folder).status == 0)
    try folder.write("b.mp4", "my shopping list")
    let refused = try Command.run(["render", "story.md", "-o", "b.mp4"] + quick, in: folder)
    #expect(refused.status == 1)
    #expect(try String(contentsOfFile: folder.path("b.mp4"), encoding: .utf8) == "my shopping list")
    let forced = ["render", "story.md", "-o", "b.mp4", "--force"] + quick
    #expect(try Command.run(forced, in: folder).status == 0)
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func anInterruptionFinishesAPlayableFilm(signal: Int32) throws {
    // Half an hour of film.
    try folder.write(
      "story.md", (0..<400).map { "The fox number \($0) walked home." }.joined(separator: " "))
    let arguments = ["render", "story.md", "--size", "64", "--fps", "60"] + Command.model
    let running = try Command.start("exec \"$0\" \"$@\"", arguments, in: folder)
    // Until the first frames are on their way.
    let pictures = folder.path(".cache/fabula/pictures")
    for _ in 0..<600 {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: pictures)) ?? []
      if names.count > 8 { break }
      Thread.sleep(forTimeInterval: 0.1)
    }
    kill(running.process.processIdentifier, signal)
    let result = try running.wait()
    #expect(result.status == 130, "\(result.errors)")
    #expect(folder.names == ["story.md", "story.mp4"])
    let film = try FilmReader(path: folder.path("story.mp4"))
    #expect(try film.next() != nil)
    #expect(film.info.duration < 600)
  }

  @Test func aBudgetIsKeptByDrawingLess() throws {
    let arguments = ["render", "story.md", "--size", "64", "--no-cache"] + Command.model
    let result = try Command.run(arguments + ["--budget", "1s"], in: folder)
    #expect(result.status == 0, "\(result.errors)")
    let words = result.output.split(separator: " ")
    let drawn = try #require(words.firstIndex(of: "pictures").flatMap { Int(words[$0 - 1]) })
    let frames = try film("story.mp4").frames
    #expect(drawn * 3 < frames.count)
    #expect(frames.count > 200)
    #expect(try Command.run(arguments + ["--budget", "soon"], in: folder).status == 64)
  }

  @Test func aFullDiskLeavesNothing() throws {
    // A limit on the size of files stands in for the disk; 8 blocks are 4 KiB.
    let result = try Command.shell(
      "ulimit -f 8; exec \"$0\" \"$@\"",
      ["render", "story.md", "--no-cache", "--crf", "0"] + quick, in: folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("space"), "\(result.errors)")
    #expect(folder.names == ["story.md"])
  }

  @Test func aFullDiskAtTheEndKeepsWhatWasDrawn() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("story.mp4.tmp"), withDestinationPath: "/dev/full")
    let result = try Command.run(["render", "story.md", "--no-cache"] + quick, in: folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("story.mp4.part holds"), "\(result.errors)")
    #expect(folder.names == ["story.md", "story.mp4.part"])
    #expect(try FilmReader(path: folder.path("story.mp4.part")).next() != nil)
  }

  @Test func logsAreLinesWithoutControlCharacters() throws {
    let result = try Command.run(["render", "story.md"] + quick, in: folder)
    #expect(!result.errors.contains("\u{1B}") && !result.errors.contains("\r"))
  }

  @Test func oneSentenceIsAFilm() throws {
    try folder.write("one.txt", "A fox.")
    let result = try Command.run(
      ["render", "one.txt", "--size", "64", "--loop"] + Command.model, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try !film("one.mp4").frames.isEmpty)
  }
}
