import Foundation
import Testing

@testable import Film

@Suite struct CodecTests {
  let scratch = Scratch()

  @Test(arguments: [
    ("a.mov", Codec.h264, "yuv420p"), ("a.mkv", .h264, "yuv420p"), ("a.mp4", .hevc, "yuv420p"),
    ("a.mov", .hevc, "yuv420p"), ("a.mkv", .hevc, "yuv420p"), ("a.mp4", .av1, "yuv420p"),
    ("a.mkv", .av1, "yuv420p"), ("a.mov", .prores, "yuv422p10le"), ("a.mkv", .ffv1, "bgr0"),
  ])
  func framesAndTracksComeBack(name: String, codec: Codec, pixels: String) throws {
    let path = scratch(name)
    let tracks = FilmTracks(
      title: "Titel", language: "fr",
      subtitles: [
        Subtitle(text: "Un — ☃", start: 0.125, duration: 0.25),
        Subtitle(text: "Deux", start: 0.5, duration: 0.25),
      ],
      chapters: [Chapter(title: "A", start: 0, end: 0.5), Chapter(title: "B", start: 0.5, end: 1)],
      metadata: ["seed": "7"])
    try write(24, to: path, codec, tracks)
    let reader = try FilmReader(path: path)
    let info = reader.info
    #expect(info.pixelFormat == pixels)
    #expect(info.streams.first?.codec == codec.rawValue)
    #expect(info.fps == FrameRate(24))
    #expect(abs(info.duration - 1) < 0.002)
    if codec != .ffv1 { #expect(info.colours == "bt709/bt709/bt709/tv") }
    #expect(info.metadata["title"] == "Titel")
    #expect(info.metadata["seed"] == "7")
    #expect(info.chapters == tracks.chapters)
    #expect(info.streams.first { $0.kind == "subtitle" }?.language?.hasPrefix("fr") == true)
    let subtitles = try FilmReader.subtitles(path: path)
    #expect(subtitles.map(\.text) == ["Un — ☃", "Deux"])
    for (found, given) in zip(subtitles, tracks.subtitles) {
      #expect(abs(found.start - given.start) < 0.002 && abs(found.end - given.end) < 0.002)
    }
    let frames = try reader.rest()
    #expect(frames.count == 24)
    for (index, frame) in frames.enumerated() {
      // Matroska counts in milliseconds.
      #expect(abs(frame.time - Double(index) / 24) <= (name == "a.mkv" ? 0.000_51 : 1e-6))
      #expect(Pictures.number(of: frame.rgb) == index % 8, "frame \(index)")
      if codec == .ffv1 { #expect(frame.rgb == Pictures.numbered(index)) }
    }
  }

  @Test(arguments: [Codec.hevc, .av1, .prores])
  func colourBars(codec: Codec) throws {
    let path = scratch(codec == .prores ? "a.mov" : "a.mp4")
    var options = FilmOptions(path: path, width: 128, height: 64, codec: codec)
    if codec != .prores { options.crf = 6 }
    let writer = try FilmWriter(path: path, options: options)
    for _ in 0..<3 { try writer.append(Pictures.colourBars(128, 64)) }
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

  @Test func losslessTakesOddSizes() throws {
    let path = scratch("a.mkv")
    let picture = Pictures.picture(33, 17) { x, y in [UInt8(x * 7), UInt8(y * 15), UInt8(x ^ y)] }
    let options = FilmOptions(path: path, width: 33, height: 17, codec: .ffv1)
    let writer = try FilmWriter(path: path, options: options)
    for _ in 0..<3 { try writer.append(picture) }
    _ = try writer.finish()
    #expect(try FilmReader(path: path).rest().map(\.rgb) == [picture, picture, picture])
  }

  @Test func gif() throws {
    let path = scratch("a.gif")
    let summary = try write(24, to: path, .gif)
    #expect(summary.frames == 24)
    #expect(scratch.files == ["a.gif"])
    let frames = try FilmReader(path: path).rest()
    #expect(frames.count == 24)
    for (index, frame) in frames.enumerated() {
      #expect(Pictures.number(of: frame.rgb) == index % 8)
      // GIF counts in hundredths of a second.
      #expect(abs(frame.time - Double(index) / 24) <= 0.006)
    }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(bytes.range(of: Data("NETSCAPE2.0".utf8)) != nil)
  }

  @Test func gifColoursAreChosenForTheFilm() throws {
    let path = scratch("a.gif")
    let bars = Pictures.colourBars(128, 64)
    let options = FilmOptions(path: path, width: 128, height: 64)
    let writer = try FilmWriter(path: path, options: options)
    for _ in 0..<2 { try writer.append(bars) }
    _ = try writer.finish()
    let frame = try #require(try FilmReader(path: path).next())
    let worst = zip(frame.rgb, bars).map { abs(Int($0) - Int($1)) }.max()
    #expect((worst ?? 255) <= 6)
  }

  /// FFmpeg 5.1 can't read animated WebP: count its frames and their times in the file itself.
  @Test func webp() throws {
    let path = scratch("a.webp")
    try write(24, to: path, .webp)
    #expect(scratch.files == ["a.webp"])
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(String(decoding: bytes[8..<12], as: UTF8.self) == "WEBP")
    var (position, times, loops) = (12, [Int](), -1)
    func little(_ at: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
    }
    while position + 8 <= bytes.count {
      let kind = String(decoding: bytes[position..<position + 4], as: UTF8.self)
      let size = little(position + 4, 4)
      if kind == "ANIM" { loops = little(position + 12, 2) }
      if kind == "ANMF" { times.append(little(position + 20, 3)) }
      position += 8 + size + size % 2
    }
    #expect(times.count == 24)
    #expect(abs(times.reduce(0, +) - 1000) <= 42)
    #expect(loops == 0)
  }

  @Test func partOfAnAnimationPlays() throws {
    let path = scratch("a.gif")
    let writer = try FilmWriter(path: path, options: options(path, .gif))
    for index in 0..<10 { try writer.append(Pictures.numbered(index)) }
    writer.abandon(keepingPart: true)
    #expect(try FilmReader(path: path + ".part").rest().count == 10)
  }

  @Test(arguments: ["a.mp4", "a.mkv"])
  func cover(name: String) throws {
    let path = scratch(name)
    let writer = try FilmWriter(
      path: path, options: options(path, .h264),
      tracks: FilmTracks(subtitles: [Subtitle(text: "Hi", start: 0, duration: 0.5)]))
    for index in 0..<12 { try writer.append(Pictures.numbered(index)) }
    _ = try writer.finish(cover: Picture(width: 64, height: 48, rgb: Pictures.numbered(5)))
    let reader = try FilmReader(path: path)
    #expect(reader.info.streams.filter(\.isCover).map(\.codec) == ["png"])
    #expect(try reader.rest().count == 12)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(bytes.range(of: Data([0x89, 0x50, 0x4E, 0x47])) != nil)
  }

  @Test func sameFramesSameBytesInEveryCodec() throws {
    for (name, codec) in [("mkv", Codec.ffv1), ("mp4", .hevc), ("mp4", .av1), ("gif", .gif)] {
      var films: [Data] = []
      for copy in 0..<2 {
        let path = scratch("\(codec)\(copy).\(name)")
        try write(12, to: path, codec)
        films.append(try Data(contentsOf: URL(fileURLWithPath: path)))
      }
      #expect(films[0] == films[1], "\(codec)")
    }
  }

  private func options(_ path: String, _ codec: Codec) -> FilmOptions {
    FilmOptions(path: path, width: 64, height: 48, codec: codec)
  }

  @discardableResult
  private func write(
    _ frames: Int, to path: String, _ codec: Codec, _ tracks: FilmTracks = FilmTracks()
  ) throws -> FilmSummary {
    var options = options(path, codec)
    // The smallest AV1 picture is 64 lines high.
    if codec == .av1 { options.height = 64 }
    let writer = try FilmWriter(path: path, options: options, tracks: tracks)
    for index in 0..<frames {
      try writer.append(Pictures.numbered(index, 64, options.height))
    }
    return try writer.finish()
  }
}
