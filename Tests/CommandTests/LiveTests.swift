import Film
import Foundation
import Live
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

  @Test func aFullDiskIsSaidAtOnce() throws {
    // A limit on the size of files stands in for the disk; 8 blocks are 4 KiB.
    let show = try Command.start(
      """
      ulimit -f 8
      (echo 'The fox walked home.'; while [ ! -e seen ]; do sleep 0.1; done) | "$0" "$@"
      """, ["live", "-o", "show.mp4"] + quick, in: folder)
    var isSaid = false
    for _ in 0..<900 where !isSaid {
      isSaid = try show.errorsSoFar().contains("space")
      if !isSaid { usleep(100_000) }
    }
    #expect(isSaid && show.process.isRunning)
    try folder.write("seen", "")
    let result = try show.wait()
    #expect(result.status == 1)
    #expect(!folder.names.contains("show.mp4"))
  }

  @Test func aJournalThatCannotGoOnIsSaidAndStaysReadable() throws {
    // One block, of 512 bytes or 1 KiB, is less than the sentences take.
    let text = String(repeating: "The fox walked home through the forest. ", count: 60)
    let result = try Command.shell(
      "echo '\(text)' | (ulimit -f 1; exec \"$0\" \"$@\") | head -c 3000 | wc -c",
      ["live", "-o", "-", "--journal", "show.journal"] + quick, in: folder)
    #expect(result.output.contains("3000"))
    #expect(result.errorLines.count == 1, "\(result.errors)")
    #expect(
      result.errors.hasPrefix("fabula: show.journal: cannot be written: "), "\(result.errors)")
    let journal = try String(contentsOfFile: folder.path("show.journal"), encoding: .utf8)
    #expect(try Journal(text: journal).entries.count == 1)
  }

  @Test func aBrowserIsNotWaitedFor() throws {
    // One that stays in the foreground until the show is over, as it does on small desktops.
    try folder.write(
      "xdg-open",
      """
      #!/bin/sh
      for i in $(seq 900); do [ -e show.mp4 ] && exit; sleep 0.1; done
      touch waited
      """)
    let result = try Command.shell(
      "chmod +x xdg-open; echo 'The fox walked home.' | PATH=\"$PWD:$PATH\" \"$0\" \"$@\"",
      ["live", "--open", "--port", "0", "-o", "show.mp4"] + quick, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(folder.names == ["show.mp4", "xdg-open"])
  }

  @Test func withoutABrowserTheAddressIsSaid() throws {
    let result = try Command.shell(
      "echo 'The fox walked home.' | PATH=/nowhere \"$0\" \"$@\"",
      ["live", "--open", "--port", "0", "-o", "show.mp4"] + quick, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("no browser could be opened: open http://127.0.0.1:"))
  }

  @Test(arguments: [
    ["--pace", "9"], ["--drift", "-1"], ["--port", "70000"], ["--lag", "-1"], ["--video", "mp4"],
  ])
  func refusesWrongOptions(options: [String]) throws {
    let result = try Command.run(["live"] + options + Command.model, in: folder)
    #expect(result.status == 64)
  }

  /// A journal of a fox, in a show of seed 7.
  private func writeJournal(_ name: String) throws {
    try folder.write(
      name,
      """
      {"fabula":"journal","version":1}
      {"set":{"drift":0.12,"pace":1,"seed":7},"time":0}
      {"time":0.5,"typed":"a fox"}

      """)
  }

  @Test func aJournalHasItsSeedUnlessOneIsGiven() throws {
    try writeJournal("a.journal")
    func frames(_ name: String, _ options: [String]) throws -> [FilmFrame] {
      let result = try Command.run(
        ["render", "a.journal", "-o", name, "--codec", "ffv1", "--size", "64x64", "--fps", "10"]
          + options + Command.model, in: folder)
      #expect(result.status == 0, "\(result.errors)")
      return try FilmReader(path: folder.path(name)).rest()
    }
    let own = try frames("own.mkv", [])
    #expect(try frames("same.mkv", ["--seed", "7"]) == own)
    let other = try frames("other.mkv", ["--seed", "8"])
    #expect(other.count == own.count && other.first?.rgb != own.first?.rgb)
    #expect(other.last?.rgb != own.last?.rgb)
  }

  @Test(arguments: [
    ["--plan"], ["--shard", "1/2"], ["--budget", "5s"], ["--report", "a.html"],
    ["--otio", "a.otio"], ["--feedback", "0.5"], ["--narrate"],
  ])
  func aJournalIsDrawnAsItsShowWas(options: [String]) throws {
    try writeJournal("a.journal")
    let result = try Command.run(["render", "a.journal"] + options + Command.model, in: folder)
    #expect(result.status == 1)
    #expect(
      result.errorLines == [
        "fabula: a.journal: a journal is drawn as its show was: leave \(options[0]) out"
      ])
    #expect(folder.names == ["a.journal"])
  }

  @Test func aJournalDoesNotReplaceTheShowsRecording() throws {
    try writeJournal("show.journal")
    let recording = Array("\0\0\0\u{8}ftyp".utf8)
    try folder.write("show.mp4", bytes: recording)
    let render = ["render", "show.journal", "--size", "64x64", "--fps", "10"] + Command.model
    let refused = try Command.run(render, in: folder)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("show.mp4: exists"), "\(refused.errors)")
    let path = folder.url.appendingPathComponent("show.mp4")
    #expect(try Array(Data(contentsOf: path)) == recording)
    #expect(try Command.run(render + ["--force"], in: folder).status == 0)
    #expect(try FilmReader(path: path.path).next() != nil)
  }

  @Test func refusesABrokenJournal() throws {
    try folder.write("a.journal", "{\"fabula\":\"journal\",\"version\":1}\nnonsense\n{}\n")
    let result = try Command.run(["render", "a.journal"] + Command.model, in: folder)
    #expect(result.status == 1)
    #expect(result.errorLines == ["fabula: a.journal: line 2 is no entry of a journal"])
  }
}
