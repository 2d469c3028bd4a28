import Foundation
import Testing

@testable import Film

@Suite struct WriterTests {
  let scratch = Scratch()

  @Test func framesTimesAndFormatComeBack() throws {
    let path = scratch("a.mp4")
    let summary = try write(30, to: path)
    #expect(summary.frames == 30)
    #expect(summary.duration == 1.25)
    #expect(summary.bytes == fileSize(path))
    #expect(scratch.files == ["a.mp4"])

    let reader = try FilmReader(path: path)
    #expect(reader.info.fps == FrameRate(24))
    #expect(reader.info.duration == 1.25)
    #expect(reader.info.pixelFormat == "yuv420p")
    #expect(reader.info.colours == "bt709/bt709/bt709/tv")
    #expect(reader.info.streams.map(\.codec) == ["h264"])
    let frames = try reader.rest()
    #expect(frames.count == 30)
    for (index, frame) in frames.enumerated() {
      #expect(abs(frame.time - Double(index) / 24) < 1e-9)
      #expect(Pictures.number(of: frame.rgb) == index % 8)
    }
  }

  @Test func indexComesFirst() throws {
    let path = scratch("a.mp4")
    try write(5, to: path)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let index = try #require(bytes.range(of: Data("moov".utf8)))
    let media = try #require(bytes.range(of: Data("mdat".utf8)))
    #expect(index.lowerBound < media.lowerBound)
    #expect(bytes.range(of: Data("moof".utf8)) == nil)
  }

  @Test func colourBarsSurviveWithinTwoLevels() throws {
    let path = scratch("bars.mp4")
    let bars = Pictures.colourBars(128, 64)
    var options = FilmOptions(path: path, width: 128, height: 64)
    options.crf = 10
    let writer = try FilmWriter(path: path, options: options)
    for _ in 0..<3 { try writer.append(bars) }
    _ = try writer.finish()
    for frame in try FilmReader(path: path).rest() {
      for (bar, colour) in Pictures.bars.enumerated() {
        for channel in 0..<3 {
          let found = frame.rgb[(32 * 128 + bar * 16 + 8) * 3 + channel]
          #expect(abs(Int(found) - Int(colour[channel])) <= 2, "bar \(bar), channel \(channel)")
        }
      }
    }
  }

  @Test func subtitlesChaptersAndTagsComeBack() throws {
    let path = scratch("a.mp4")
    let tracks = FilmTracks(
      title: "Der Fuchs", language: "de-AT",
      subtitles: [
        Subtitle(text: "Es war einmal — ☃", start: 0.25, duration: 0.5),
        Subtitle(text: "Ende.", start: 1, duration: 0.25),
      ],
      chapters: [
        Chapter(title: "Wald", start: 0, end: 0.75), Chapter(title: "Meer", start: 0.75, end: 1.25),
      ],
      metadata: ["fabula": "0.1", "seed": "7", "artist": "Fabula"])
    try write(30, to: path, tracks)
    let info = try FilmReader(path: path).info
    #expect(info.metadata["title"] == "Der Fuchs")
    #expect(info.metadata["artist"] == "Fabula")
    #expect(info.metadata["seed"] == "7")
    #expect(info.chapters == tracks.chapters)
    #expect(info.duration == 1.25)
    let text = try #require(info.streams.first { $0.kind == "subtitle" })
    #expect(text.codec == "mov_text")
    #expect(text.language == "deu")
    #expect(text.isDefault)
    #expect(try FilmReader.subtitles(path: path) == tracks.subtitles)
  }

  /// Our reader is FFmpeg's library as is our writer's; the program is what everybody else uses.
  @Test func ffprobeReadsStreamsChaptersAndTags() throws {
    let path = scratch("a.mp4")
    let tracks = FilmTracks(
      title: "Der Fuchs", language: "de",
      subtitles: [Subtitle(text: "Es war einmal.", start: 0.25, duration: 0.5)],
      chapters: [Chapter(title: "Wald", start: 0, end: 0.75)],
      metadata: ["comment": "seed 7"],
      audio: .samples([Float](repeating: 0.1, count: 48000), rate: 48000, channels: 1))
    try write(30, to: path, tracks)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "ffprobe", "-v", "error", "-of", "compact", "-show_streams", "-show_chapters",
      "-show_format", path,
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    for part in [
      "codec_name=h264", "codec_name=aac", "codec_name=mov_text",
      "color_space=bt709", "color_range=tv", "pix_fmt=yuv420p", "avg_frame_rate=24/1",
      "nb_frames=30", "tag:title=Wald", "tag:title=Der Fuchs", "tag:comment=seed 7",
    ] {
      #expect(text.contains(part), "\(part) in \(text)")
    }
    #expect(text.contains("tag:language=ger") || text.contains("tag:language=deu"))
  }

  @Test func stoppedFilmIsCutEverywhere() throws {
    let path = scratch("a.mp4")
    let tracks = FilmTracks(
      subtitles: [
        Subtitle(text: "One", start: 0, duration: 0.75),
        Subtitle(text: "Two", start: 0.75, duration: 1),
        Subtitle(text: "Three", start: 2, duration: 1),
      ],
      chapters: [Chapter(title: "A", start: 0, end: 2), Chapter(title: "B", start: 2, end: 3)])
    try write(24, to: path, tracks)
    let info = try FilmReader(path: path).info
    #expect(info.chapters == [Chapter(title: "A", start: 0, end: 1)])
    #expect(
      try FilmReader.subtitles(path: path) == [
        Subtitle(text: "One", start: 0, duration: 0.75),
        Subtitle(text: "Two", start: 0.75, duration: 0.25),
      ])
    for stream in info.streams { #expect((stream.duration ?? 0) <= 1.001) }
  }

  @Test func sameFramesSameBytes() throws {
    let tracks = FilmTracks(
      title: "T", subtitles: [Subtitle(text: "Hi", start: 0, duration: 1)],
      chapters: [Chapter(title: "A", start: 0, end: 1)])
    for name in ["a.mp4", "b.mp4"] { try write(24, to: scratch(name), tracks) }
    let first = try Data(contentsOf: URL(fileURLWithPath: scratch("a.mp4")))
    let second = try Data(contentsOf: URL(fileURLWithPath: scratch("b.mp4")))
    #expect(first == second)
  }

  @discardableResult
  func write(_ frames: Int, to path: String, _ tracks: FilmTracks = FilmTracks()) throws
    -> FilmSummary
  {
    let options = FilmOptions(path: path, width: 64, height: 48)
    let writer = try FilmWriter(path: path, options: options, tracks: tracks)
    for index in 0..<frames { try writer.append(Pictures.numbered(index)) }
    return try writer.finish()
  }
}
