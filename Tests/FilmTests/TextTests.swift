import Foundation
import Testing

@testable import Film

@Suite struct TextTests {
  let scratch = Scratch()

  @Test func burnedSubtitlesAreThereWhenTheyShould() throws {
    let path = scratch("a.mp4")
    var options = FilmOptions(path: path, width: 160, height: 96)
    options.burnsSubtitles = true
    let tracks = FilmTracks(
      subtitles: [Subtitle(text: "Once upon a time", start: 0.5, duration: 0.25)])
    let writer = try FilmWriter(path: path, options: options, tracks: tracks)
    let grey = [UInt8](repeating: 100, count: options.frameBytes)
    for _ in 0..<24 { try writer.append(grey) }
    _ = try writer.finish()
    let frames = try FilmReader(path: path).rest()
    let lit = frames.indices.filter { frames[$0].rgb.contains { $0 > 200 } }
    #expect(lit == Array(12..<18))
    // At the bottom, and nowhere else.
    let top = frames[14].rgb.prefix(160 * 48 * 3)
    #expect(top.allSatisfy { abs(Int($0) - 100) < 8 })
    #expect(try FilmReader(path: path).info.streams.map(\.kind) == ["video"])
  }

  @Test func nothingInTheTextIsACommand() throws {
    let plain = try painted("alpha beta")
    let command = try painted("{\\an8}alpha beta")
    #expect(plain != command)
    // A command would have moved the text up; braces that are shown leave it below.
    #expect(command.prefix(160 * 48 * 3).allSatisfy { $0 < 8 })
    #expect(try painted("C:\\New") != painted("C:\new"))
  }

  @Test func pauseLeavesThePictureUntouched() throws {
    let painter = try TextPainter(
      Script(width: 64, height: 48, size: 12, colour: "FFFFFF", lines: []), fps: FrameRate(24),
      name: "test")
    let picture = Pictures.numbered(3)
    #expect(try painter.paint(picture, index: 0) == picture)
    #expect(try painter.paint(picture, index: 1) == picture)
  }

  private func painted(_ text: String) throws -> [UInt8] {
    let script = Script(
      width: 160, height: 96, size: 14, colour: "FFFFFF", lines: [Script.Line(text: text)])
    let painter = try TextPainter(script, fps: FrameRate(24), name: "test")
    return try painter.paint([UInt8](repeating: 0, count: 160 * 96 * 3), index: 0)
  }
}
