import Foundation
import Testing

@testable import Film

@Suite struct ErrorTests {
  let scratch = Scratch()

  @Test func missingFolder() {
    let path = scratch("no/where/a.mp4")
    #expect(throws: FilmError.missingFolder(path: path)) { try writer(path) }
  }

  @Test func unwritableFolder() throws {
    // Even root may not create files here.
    let error = #expect(throws: FilmError.self) { try writer("/proc/a.mp4") }
    let line = try #require(error).description
    #expect(line.hasPrefix("/proc/a.mp4: "))
    #expect(!line.contains("\n"))
  }

  @Test func folderInTheWay() {
    #expect(throws: FilmError.unwritable(path: scratch.path, reason: "it is a folder")) {
      try writer(scratch.path)
    }
  }

  @Test func unknownKindOfFile() throws {
    let error = #expect(throws: FilmError.self) { try writer(scratch("a.avi")) }
    #expect(try #require(error).description.contains(".mp4, .mov"))
    #expect(scratch.files == [])
    // Without any ending it is an MP4.
    let film = try writer(scratch("film"))
    try film.append(Pictures.numbered(0))
    _ = try film.finish()
    #expect(try FilmReader(path: scratch("film")).info.streams.map(\.codec) == ["h264"])
  }

  @Test func fullDiskWhileDrawing() throws {
    let path = scratch("a.mp4")
    try FileManager.default.createSymbolicLink(
      atPath: scratch(".a.mp4.part"), withDestinationPath: "/dev/full")
    #expect(throws: FilmError.diskFull(path: path)) {
      let writer = try writer(path)
      for index in 0..<200 { try writer.append(Pictures.numbered(index)) }
      _ = try writer.finish()
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func fullDiskWhileFinishing() throws {
    let path = scratch("a.mp4")
    try FileManager.default.createSymbolicLink(
      atPath: path + ".tmp", withDestinationPath: "/dev/full")
    let writer = try writer(path)
    for index in 0..<10 { try writer.append(Pictures.numbered(index)) }
    #expect(throws: FilmError.diskFull(path: path)) { try writer.finish() }
    // The film isn't there, but what was drawn is.
    #expect(scratch.files == ["a.mp4.part"])
    #expect(try FilmReader(path: path + ".part").rest().count == 10)
  }

  @Test func sizeLimit() async throws {
    let path = scratch("a.mp4")
    await #expect(processExitsWith: .success) { [path = path as String] in
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 20_000, rlim_max: 20_000)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      do {
        let options = FilmOptions(path: path, width: 64, height: 48)
        let writer = try FilmWriter(path: path, options: options)
        for index in 0..<500 { try writer.append(Pictures.numbered(index)) }
        _ = try writer.finish()
      } catch FilmError.diskFull {
        exit(0)
      }
      exit(1)
    }
    // What was whole before stays playable.
    #expect(try !FilmReader(path: path + ".part").rest().isEmpty)
  }

  @Test func filmWithoutFrames() throws {
    let path = scratch("a.mp4")
    let writer = try writer(path)
    #expect(throws: FilmError.noFrames(path: path)) { try writer.finish() }
    #expect(scratch.files == [])
  }

  @Test func abandonedFilmLeavesNothing() throws {
    let path = scratch("a.mp4")
    let writer = try writer(path)
    for index in 0..<20 { try writer.append(Pictures.numbered(index)) }
    writer.abandon()
    #expect(scratch.files == [])
    #expect(throws: FilmError.closed(path: path)) { try writer.finish() }
    #expect(throws: FilmError.closed(path: path)) { try writer.append(Pictures.numbered(0)) }
  }

  @Test func olderFilmStaysUntilTheNewOneIsWhole() throws {
    let path = scratch("a.mp4")
    try Data("old".utf8).write(to: URL(fileURLWithPath: path))
    let writer = try writer(path)
    for index in 0..<20 { try writer.append(Pictures.numbered(index)) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("old".utf8))
    _ = try writer.finish()
    #expect(try FilmReader(path: path).rest().count == 20)
  }

  @Test func wrongFrameSize() throws {
    let writer = try writer(scratch("a.mp4"))
    #expect(throws: FilmError.self) { try writer.append([0, 0, 0]) }
    writer.abandon()
  }

  @Test(arguments: [
    ("a.mp4", 255, 255, 24, nil as Codec?, nil as Int?, "even"),
    ("a.mp4", 0, 256, 24, nil, nil, "impossible"),
    ("a.mp4", 256, 256, 0, nil, nil, "frames a second"),
    ("a.mp4", 256, 256, -3, nil, nil, "frames a second"),
    ("a.mp4", 256, 256, 24, nil, 99, "crf"),
    ("a.mp4", 256, 256, 24, .ffv1, nil, "fit"),
    ("a.mp4", 8, 8, 24, nil, nil, "least"),
  ])
  func impossibleOptions(
    name: String, width: Int, height: Int, fps: Int, codec: Codec?, crf: Int?, word: String
  ) throws {
    let path = scratch(name)
    let options = FilmOptions(
      path: path, width: width, height: height, fps: FrameRate(fps), codec: codec, crf: crf)
    let error = #expect(throws: FilmError.self) { try FilmWriter(path: path, options: options) }
    let line = try #require(error).description
    #expect(line.contains(word))
    #expect(scratch.files == [])
  }

  @Test func unknownPresetSaysSo() throws {
    let path = scratch("a.mp4")
    let options = FilmOptions(path: path, width: 64, height: 48, preset: "warp")
    let error = #expect(throws: FilmError.self) { try FilmWriter(path: path, options: options) }
    #expect(try #require(error).description.contains("warp"))
    #expect(scratch.files == [])
  }

  @Test func notAFilm() throws {
    let path = scratch("a.mp4")
    try Data("no film".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: FilmError.self) { try FilmReader(path: path) }
    #expect(throws: FilmError.self) { try FilmReader(path: scratch("b.mp4")) }
  }

  @discardableResult
  func writer(_ path: String) throws -> FilmWriter {
    try FilmWriter(path: path, options: FilmOptions(path: path, width: 64, height: 48))
  }
}
