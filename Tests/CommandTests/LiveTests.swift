import Film
import Foundation
import Testing

@Suite struct LiveTests {
  private let folder: Folder
  private let quick = ["--size", "64x64", "--fps", "10", "--pace", "4"] + Command.model

  init() throws { folder = try Folder() }

  @Test func aPipeBecomesAFilmWithItsSentences() throws {
    let result = try Command.run(
      ["live", "-o", "show.mp4", "--journal", "show.journal"] + quick, in: folder,
      input: "The fox\nwalked home. It was night. The end")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("show.mp4: "))
    let subtitles = try FilmReader.subtitles(path: folder.path("show.mp4"))
    #expect(subtitles.map(\.text) == ["The fox walked home.", "It was night.", "The end"])

    // The journal gives the same sentences again, at another size.
    let again = try Command.run(
      ["render", "show.journal", "-o", "again.mp4", "--size", "128x128", "--fps", "10"]
        + Command.model, in: folder)
    #expect(again.status == 0, "\(again.errors)")
    let film = try FilmReader(path: folder.path("again.mp4"))
    #expect(film.info.width == 128)
    #expect(
      try FilmReader.subtitles(path: folder.path("again.mp4")).map(\.text)
        == subtitles.map(\.text))
  }

  @Test func interruptionFinishesTheFilm() throws {
    let result = try Command.shell(
      """
      (echo "The fox walked home through the forest."; sleep 60) | "$0" "$@" &
      show=$!; sleep 8; kill -INT $show; wait $show
      """, ["live", "-o", "show.mp4"] + quick, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(folder.names == ["show.mp4"])
    #expect(try FilmReader.subtitles(path: folder.path("show.mp4")).count == 1)
  }

  @Test func videoGoesToAPipe() throws {
    let result = try Command.shell(
      "echo 'The fox walked home.' | \"$0\" \"$@\" | head -c 40", ["live", "-o", "-"] + quick,
      in: folder)
    #expect(result.output.hasPrefix("YUV4MPEG2 W64 H64 F10:1 Ip A1:1 C444\n"))
  }

  @Test func nothingShownIsNoFilm() throws {
    let result = try Command.run(["live", "-o", "show.mp4"] + quick, in: folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("nothing was shown"))
    #expect(folder.names.isEmpty)
  }

  @Test(arguments: [["--pace", "9"], ["--drift", "-1"], ["--port", "70000"], ["--lag", "-1"]])
  func refusesWrongOptions(options: [String]) throws {
    let result = try Command.run(["live"] + options + Command.model, in: folder)
    #expect(result.status == 64)
  }

  @Test func refusesABrokenJournal() throws {
    try folder.write("a.journal", "{\"fabula\":\"journal\",\"version\":1}\nnonsense\n{}\n")
    let result = try Command.run(["render", "a.journal"] + Command.model, in: folder)
    #expect(result.status == 1)
    #expect(result.errorLines == ["fabula: a.journal: line 2 is no entry of a journal"])
  }
}
