import Foundation
import Testing

@testable import Film

@Suite struct CrashTests {
  let scratch = Scratch()

  /// Any beginning of a part file must play: that is all that a killed process leaves.
  @Test(arguments: ["a.mp4", "a.mov", "a.mkv"])
  func everyBeginningPlays(name: String) throws {
    let path = scratch(name)
    let writer = try FilmWriter(
      path: path, options: FilmOptions(path: path, width: 64, height: 48),
      tracks: FilmTracks(subtitles: [Subtitle(text: "Hi", start: 0, duration: 2)]))
    for index in 0..<60 { try writer.append(Pictures.numbered(index)) }
    writer.abandon(keepingPart: true)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path + ".part"))
    var random = SystemRandomNumberGenerator()
    var longest = 0
    // A fragment's description is written in one piece with the begin of its data.
    let fragments = ranges(of: "moof", in: whole)
    for random in (0..<20).map({ _ in Int.random(in: 0...whole.count, using: &random) }).sorted() {
      let length = fragments.first { $0.contains(random) }?.lowerBound ?? random
      let cut = scratch("cut." + name)
      try whole.prefix(length).write(to: URL(fileURLWithPath: cut))
      guard let reader = try? FilmReader(path: cut) else {
        #expect(longest == 0, "unreadable at \(length) of \(whole.count) bytes")
        continue
      }
      let frames = try reader.rest()
      #expect(frames.count >= longest)
      longest = frames.count
      for (index, frame) in frames.dropLast().enumerated() {
        #expect(Pictures.number(of: frame.rgb) == index % 8)
      }
    }
    #expect(longest > 0)
  }

  /// Whenever a part file is there it plays, and until then the one of an earlier run stays.
  @Test(arguments: ["a.mp4", "a.mov", "a.mkv", "a.gif"])
  func aPartFileAppearsWithItsFirstFragment(name: String) throws {
    let path = scratch(name)
    let part = path + ".part"
    try Data("earlier".utf8).write(to: URL(fileURLWithPath: part))
    let writer = try FilmWriter(
      path: path, options: FilmOptions(path: path, width: 64, height: 48))
    #expect(scratch.files == [".\(name).part", "\(name).part"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: part)) == Data("earlier".utf8))
    for index in 0..<40 {
      try writer.append(Pictures.numbered(index))
      guard scratch.files != [".\(name).part", "\(name).part"] else { continue }
      #expect(try !FilmReader(path: part).rest().isEmpty, "after \(index + 1) frames")
    }
    writer.abandon(keepingPart: true)
    #expect(scratch.files == ["\(name).part"])
    #expect(try FilmReader(path: part).rest().count == 40)
  }

  /// Where boxes of this kind are among an MP4's outermost boxes.
  private func ranges(of kind: String, in data: Data) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var position = 0
    while position + 8 <= data.count {
      let size = data[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      guard size >= 8 else { break }
      if data[position + 4..<position + 8].elementsEqual(kind.utf8) {
        result.append(position..<position + size)
      }
      position += size
    }
    return result
  }

  @Test(arguments: ["a.mp4", "a.mkv"])
  func killedProcessLeavesPlayablePart(name: String) async throws {
    let path = scratch(name)
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let options = FilmOptions(path: path, width: 64, height: 48)
      let writer = try FilmWriter(path: path, options: options)
      for index in 0..<60 { try writer.append(Pictures.numbered(index)) }
      usleep(1_000_000)
      // A fragment ends with the first packet after a quarter of a second.
      for index in 60..<72 { try writer.append(Pictures.numbered(index)) }
      usleep(1_000_000)
      kill(getpid(), SIGKILL)
    }
    #expect(scratch.files == [name + ".part"])
    let frames = try FilmReader(path: path + ".part").rest()
    #expect(frames.count >= 40)
    #expect(frames.count <= 72)
    for (index, frame) in frames.enumerated() {
      #expect(Pictures.number(of: frame.rgb) == index % 8)
      #expect(abs(frame.time - Double(index) / 24) < (name == "a.mkv" ? 0.000_51 : 1e-6))
    }
  }

  /// Where a frame takes seconds, none may be lost.
  @Test(arguments: [Codec.h264, .hevc])
  func immediateFramesAreSafeAtOnce(codec: Codec) throws {
    let path = scratch("a.mp4")
    let options = FilmOptions(
      path: path, width: 64, height: 48, codec: codec, isImmediate: true)
    let writer = try FilmWriter(path: path, options: options)
    for index in 0..<4 {
      try writer.append(Pictures.numbered(index))
      var frames: [FilmFrame] = []
      for _ in 0..<1500 where frames.count <= index {
        usleep(20_000)
        frames = (try? FilmReader(path: path + ".part").rest()) ?? []
      }
      #expect(frames.map { Pictures.number(of: $0.rgb) } == Array(0...index))
    }
    #expect(try writer.finish().frames == 4)
  }
}
