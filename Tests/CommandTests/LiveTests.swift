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

  @Test func filmGoesToAPipe() throws {
    let result = try Command.shell(
      """
      echo 'The fox walked home.' | "$0" "$@" | tee whole.mp4 \
        | ffprobe -v error -count_frames -show_entries stream=codec_name,nb_read_frames \
          -of default=nw=1 -
      """, ["live", "-o", "-", "--video", "mp4"] + quick, in: folder)
    #expect(result.errors == "")
    #expect(result.output.hasPrefix("codec_name=h264\n"), "\(result.output)")
    // In fragments from the beginning: a player at the other end need not wait for the end.
    let bytes = try Data(contentsOf: folder.url.appendingPathComponent("whole.mp4"))
    let index = try #require(bytes.range(of: Data("moov".utf8)))
    let fragment = try #require(bytes.range(of: Data("moof".utf8)))
    #expect(index.lowerBound < fragment.lowerBound && fragment.lowerBound < 4096)
    let film = try FilmReader(path: folder.path("whole.mp4"))
    let frames = try film.rest()
    #expect(!frames.isEmpty)
    #expect(result.output.contains("nb_read_frames=\(frames.count)\n"))
    for (index, frame) in frames.enumerated() {
      #expect(abs(frame.time - Double(index) / 10) < 1e-6)
    }
  }

  @Test func aReaderThatLeavesEndsTheShow() throws {
    let result = try Command.shell(
      """
      mkfifo text; (echo 'The fox walked home.'; exec sleep 600) > text &
      "$0" "$@" < text | head -c 3000 | wc -c; kill $!
      """, ["live", "-o", "-", "--video", "mp4"] + quick, in: folder)
    #expect(result.output.contains("3000"))
    #expect(result.errors == "")
  }

  @Test func nothingShownIsNoFilm() throws {
    let result = try Command.run(["live", "-o", "show.mp4"] + quick, in: folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("nothing was shown"))
    #expect(folder.names.isEmpty)
  }

  @Test(arguments: [
    ["--pace", "9"], ["--drift", "-1"], ["--port", "70000"], ["--lag", "-1"], ["--video", "mp4"],
  ])
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
