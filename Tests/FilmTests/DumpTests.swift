import Foundation
import Testing

@testable import Film

@Suite struct DumpTests {
  let scratch = Scratch()
  let tracks = FilmTracks(
    title: "Der Fuchs", language: "de",
    subtitles: [
      Subtitle(text: "Eins", start: 0, duration: 0.5),
      Subtitle(text: "Zwei", start: 0.5, duration: 0.5),
    ],
    chapters: [
      Chapter(title: "A", start: 0, end: 0.5), Chapter(title: "B", start: 0.5, end: 1),
    ],
    metadata: ["seed": "7"])

  @Test(arguments: [8, 16])
  func filmOfADumpIsTheFilmOfTheFrames(depth: Int) throws {
    let folder = scratch("frames")
    try dump(24, folder, depth: depth)
    let direct = scratch("direct.mp4")
    let writer = try FilmWriter(path: direct, options: options(direct), tracks: tracks)
    for index in 0..<24 { try writer.append(Pictures.numbered(index)) }
    _ = try writer.finish()
    let detour = scratch("detour.mp4")
    var heard = 0
    _ = try FrameFolder(path: folder).film(to: detour, options: options(detour)) { heard = $0 }
    #expect(heard == 24)
    let frames = try (FilmReader(path: direct).rest(), FilmReader(path: detour).rest())
    #expect(frames.0 == frames.1)
    let (first, second) = try (readWhole(direct), readWhole(detour))
    #expect(first.count == second.count)
    let places = zip(first, second).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
    #expect(places.isEmpty, "the files differ at bytes \(places.prefix(20))")
  }

  @Test func manifestSaysWhatIsThere() throws {
    let folder = scratch("frames")
    let written = try dump(3, folder)
    let manifest = try FrameManifest(folder: folder)
    #expect(manifest == written)
    #expect(manifest.version == 1)
    #expect(manifest.title == "Der Fuchs")
    #expect(manifest.frames.map(\.index) == [0, 1, 2])
    #expect(manifest.frames.map(\.file) == (0..<3).map { "frame-00000\($0).png" })
    #expect(manifest.frames[2].time == 2.0 / 24)
    #expect(manifest.frames[1].text == "Satz — 1")
    #expect(Set(manifest.frames.map(\.hash)).count == 3)
    let text = try PNG.read(folder + "/frame-000001.png").text
    #expect(text["Description"] == "Satz — 1")
    #expect(text["Blend"] == "0.5")
    #expect(try FrameFolder(path: folder).edited() == [])
  }

  @Test func repaintedFrameIsFilmedAndNoticed() throws {
    let folder = scratch("frames")
    try dump(12, folder)
    let red = Picture(
      width: 64, height: 48, rgb: Pictures.picture(64, 48) { _, _ in [255, 0, 0] })
    try PNG.write(red, to: folder + "/frame-000005.png")
    let frames = FrameFolder.self
    #expect(try frames.init(path: folder).edited() == ["frame-000005.png"])
    let film = scratch("a.mp4")
    _ = try frames.init(path: folder).film(to: film, options: options(film))
    let decoded = try FilmReader(path: film).rest()
    #expect(decoded[5].rgb[0] > 240 && decoded[5].rgb[1] < 12)
    #expect(Pictures.number(of: decoded[4].rgb) == 4)
    #expect(Pictures.number(of: decoded[6].rgb) == 6)
  }

  @Test func deletedFramesShortenTheFilmAndMoveTheTracks() throws {
    let folder = scratch("frames")
    try dump(24, folder)
    for index in 6..<12 { unlink(folder + "/" + FrameManifest.file(index: index)) }
    let film = scratch("a.mp4")
    let summary = try FrameFolder(path: folder).film(to: film, options: options(film))
    #expect(summary.frames == 18)
    let numbers = try FilmReader(path: film).rest().map { Pictures.number(of: $0.rgb) }
    #expect(numbers == (Array(0..<6) + Array(12..<24)).map { $0 % 8 })
    #expect(
      try FilmReader.subtitles(path: film) == [
        Subtitle(text: "Eins", start: 0, duration: 0.25),
        Subtitle(text: "Zwei", start: 0.25, duration: 0.5),
      ])
    #expect(try FilmReader(path: film).info.chapters.map(\.start) == [0, 0.25])
  }

  @Test func addedFramesGoWhereTheirNamesSay() throws {
    let folder = scratch("frames")
    try dump(4, folder)
    let extra = Picture(width: 64, height: 48, rgb: Pictures.numbered(7))
    try PNG.write(extra, to: folder + "/frame-000001b.png")
    let film = scratch("a.mp4")
    _ = try FrameFolder(path: folder).film(to: film, options: options(film))
    let numbers = try FilmReader(path: film).rest().map { Pictures.number(of: $0.rgb) }
    #expect(numbers == [0, 1, 7, 2, 3])
  }

  /// The dump `first` after one of its frames was drawn again.
  private func redrawn(
    _ entry: FrameEntry, of first: FrameManifest, in folder: String
  ) throws -> FrameManifest {
    let again = try FrameDump(folder: folder, manifest: first, keeping: true)
    let picture = Picture(width: 64, height: 48, rgb: Pictures.numbered(7))
    try again.append(picture, entry)
    return try again.finish()
  }

  @Test func rangeIsDrawnAgain() throws {
    let folder = scratch("frames")
    let first = try dump(6, folder)
    let second = try redrawn(FrameEntry(index: 3, text: "neu"), of: first, in: folder)
    #expect(second.frames.count == 6)
    #expect(second.frames[3].text == "neu")
    #expect(second.frames[3].hash != first.frames[3].hash)
    #expect(second.frames[2] == first.frames[2])
  }

  @Test func aFrameOfAnotherPlanSaysSoHoweverTheDumpEnded() throws {
    let folder = scratch("frames")
    let first = try dump(6, folder)
    let second = try redrawn(FrameEntry(index: 3, plan: "other"), of: first, in: folder)
    let plans: [String?] = [nil, nil, nil, "other", nil, nil]
    #expect(second.frames.map(\.plan) == plans)
    #expect(try FrameManifest(folder: folder) == second)
    // Killed before the frame was noted, and before any was.
    var manifest = second
    manifest.frames.remove(at: 3)
    try manifest.write(folder: folder)
    #expect(try FrameFolder(path: folder).manifest?.frames == second.frames)
    manifest.frames = []
    try manifest.write(folder: folder)
    #expect(try FrameFolder(path: folder).manifest?.frames == second.frames)
  }

  @Test func whatWasTakenAwayIsNoFrame() throws {
    let folder = scratch("frames")
    let first = try dump(3, folder)
    unlink(folder + "/" + FrameManifest.file(index: 1))
    let again = try FrameDump(folder: folder, manifest: first, keeping: true)
    #expect(try again.finish().frames.map(\.index) == [0, 2])
  }

  @Test func otherSizeIsNotDrawnIntoADump() throws {
    let folder = scratch("frames")
    try dump(2, folder)
    let manifest = FrameManifest(width: 32, height: 32, fps: FrameRate(24))
    #expect(throws: FilmError.self) {
      try FrameDump(folder: folder, manifest: manifest, keeping: true)
    }
    #expect(try FrameManifest(folder: folder).frames.count == 2)
  }

  @Test func anyFolderOfPicturesIsAFilm() throws {
    for (number, name) in ["b.png", "a.png", "c.PNG"].enumerated() {
      let picture = Picture(width: 64, height: 48, rgb: Pictures.numbered(number))
      try PNG.write(picture, to: scratch(name))
    }
    let folder = try FrameFolder(path: scratch.path)
    let film = scratch("a.mp4")
    let options = try folder.options(path: film, fps: FrameRate(12))
    #expect(options.width == 64 && options.height == 48)
    let summary = try folder.film(to: film, options: options)
    #expect(summary.duration == 0.25)
    let numbers = try FilmReader(path: film).rest().map { Pictures.number(of: $0.rgb) }
    #expect(numbers == [1, 0, 2])
  }

  @Test func newDumpReplacesTheOld() throws {
    let folder = scratch("frames")
    try dump(6, folder)
    try dump(2, folder)
    #expect(try FrameFolder(path: folder).files.count == 2)
  }

  @Test func soundGoesWithTheFrames() throws {
    var manifest = FrameManifest(width: 64, height: 48, fps: FrameRate(24), tracks: tracks)
    manifest.audio = "voice.wav"
    let dump = try FrameDump(folder: scratch("frames"), manifest: manifest)
    try dump.append(
      Picture(width: 64, height: 48, rgb: Pictures.numbered(0)), FrameEntry(index: 0))
    try dump.finish()
    let folder = try FrameFolder(path: scratch("frames"))
    #expect(folder.tracks.audio == .file(scratch("frames/voice.wav")))
  }

  @Test func tracksGoWithTheFramesAtAnotherRate() throws {
    let folder = scratch("frames")
    try dump(24, folder)
    for index in 6..<9 { unlink(folder + "/" + FrameManifest.file(index: index)) }
    let film = scratch("a.mp4")
    var options = options(film)
    options.fps = FrameRate(12)
    var frames = try FrameFolder(path: folder)
    _ = try frames.film(to: film, options: options)
    #expect(
      try FilmReader.subtitles(path: film) == [
        Subtitle(text: "Eins", start: 0, duration: 0.75),
        Subtitle(text: "Zwei", start: 0.75, duration: 1),
      ])
    #expect(try FilmReader(path: film).info.chapters.map(\.start) == [0, 0.75])
    #expect(!frames.losesSound(options))

    var manifest = try FrameManifest(folder: folder)
    manifest.audio = "voice.wav"
    try manifest.write(folder: folder)
    frames = try FrameFolder(path: folder)
    #expect(frames.losesSound(options) && frames.tracks(at: options.fps).audio == nil)
    #expect(!frames.keepsTime(at: options.fps) && frames.keepsTime(at: FrameRate(48, 2)))
    #expect(frames.tracks.audio != nil)
    options.container = .gif
    #expect(!frames.losesSound(options))
  }

  @Test func soundIsCutWithTheFrames() throws {
    let folder = scratch("frames")
    try dump(24, folder)
    let whole = try FrameFolder(path: folder)
    #expect(whole.sound("a.wav") == .file("a.wav"))
    for index in 6..<12 { unlink(folder + "/" + FrameManifest.file(index: index)) }
    let extra = Picture(width: 64, height: 48, rgb: Pictures.numbered(7))
    try PNG.write(extra, to: folder + "/frame-000015b.png")
    #expect(
      try FrameFolder(path: folder).sound("a.wav")
        == .clips(
          "a.wav",
          [
            SoundClip(start: 0, duration: 0.25), SoundClip(start: 0.5, duration: 4.0 / 24),
            SoundClip(start: nil, duration: 1.0 / 24),
            SoundClip(start: 16.0 / 24, duration: 8.0 / 24),
          ]))
  }

  @Test func aDumpThatWasKilledSaysWhatItHas() throws {
    let folder = scratch("frames")
    let whole = try dump(5, folder)
    var manifest = whole
    manifest.frames = [whole.frames[0]]
    try manifest.write(folder: folder)
    #expect(try FrameFolder(path: folder).manifest == whole)
    #expect(try FrameFolder(path: folder).edited() == [])
    // Only a picture that is where it was drawn is taken for one of the dump.
    try FileManager.default.moveItem(
      atPath: folder + "/frame-000003.png", toPath: folder + "/frame-000009.png")
    #expect(try FrameFolder(path: folder).manifest?.frames.map(\.index) == [0, 1, 2, 4])
    #expect(try FrameFolder(path: folder).edited() == ["frame-000009.png"])
  }

  @Test func badFolders() throws {
    #expect(throws: FilmError.self) { try FrameFolder(path: scratch("absent")) }
    #expect(throws: FilmError.noFrames(path: scratch.path)) { try FrameFolder(path: scratch.path) }

    let folder = scratch("frames")
    try dump(3, folder)
    let film = scratch("a.mp4")
    let small = Picture(width: 8, height: 8, rgb: [UInt8](repeating: 0, count: 192))
    try PNG.write(small, to: folder + "/frame-000001.png")
    #expect(
      throws: FilmError.frameSize(
        path: folder + "/frame-000001.png", expected: "64x48", found: "8x8")
    ) { try FrameFolder(path: folder).film(to: film, options: options(film)) }
    try Data("no picture".utf8).write(to: URL(fileURLWithPath: folder + "/frame-000001.png"))
    #expect(throws: FilmError.self) {
      try FrameFolder(path: folder).film(to: film, options: options(film))
    }
    #expect(scratch.files == ["frames"])

    for (text, word) in [
      ("{", "JSON"), ("{\"version\": 1}", "missing"), (#"{"version": "x"}"#, "kind"),
    ] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/frames.json"))
      let error = #expect(throws: FilmError.self) { try FrameFolder(path: folder) }
      #expect(try #require(error).description.contains(word))
    }
  }

  @Test func laterVersionIsRefused() throws {
    let folder = scratch("frames")
    var manifest = try dump(1, folder)
    manifest.version = 2
    try manifest.write(folder: folder)
    let error = #expect(throws: FilmError.self) { try FrameFolder(path: folder) }
    #expect(try #require(error).description.contains("version 2"))
  }

  private func options(_ path: String) -> FilmOptions {
    FilmOptions(path: path, width: 64, height: 48)
  }

  @discardableResult
  private func dump(_ count: Int, _ folder: String, depth: Int = 8) throws -> FrameManifest {
    let manifest = FrameManifest(width: 64, height: 48, fps: FrameRate(24), tracks: tracks)
    let dump = try FrameDump(folder: folder, manifest: manifest)
    for index in 0..<count {
      let rgb = Pictures.numbered(index)
      let pixels: Picture.Pixels =
        depth == 8 ? .eight(rgb) : .sixteen(rgb.map { UInt16($0) * 257 })
      try dump.append(
        Picture(width: 64, height: 48, pixels: pixels),
        FrameEntry(index: index, beat: index / 12, text: "Satz — \(index)", blend: 0.5))
    }
    return try dump.finish()
  }
}
