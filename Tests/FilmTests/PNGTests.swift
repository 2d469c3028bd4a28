import Foundation
import Testing

@testable import Film

@Suite struct PNGTests {
  let scratch = Scratch()

  @Test func eightBitsComeBack() throws {
    let picture = Picture(
      width: 64, height: 48, rgb: Pictures.numbered(3),
      text: ["Title": "plain", "Description": "Es war einmal — ☃", "Empty": ""])
    try PNG.write(picture, to: scratch("a.png"))
    #expect(try PNG.read(scratch("a.png")) == picture)
    #expect(scratch.files == ["a.png"])
  }

  @Test func sixteenBitsComeBack() throws {
    let values = (0..<(16 * 8 * 3)).map { UInt16(truncatingIfNeeded: $0 &* 7919) }
    let picture = Picture(width: 16, height: 8, pixels: .sixteen(values))
    let bytes = try PNG.encode(picture)
    #expect(try PNG.decode(bytes, name: "a") == picture)
    // Big-endian in the file, as another reader sees it.
    #expect(bytes.count > 8 && Array(bytes[1...3]) == Array("PNG".utf8))
  }

  @Test func sixteenBitsRoundAsEightWould() {
    for step in 0...100_000 {
      let value = Double(step) / 100_000
      let wide = Picture(
        width: 1, height: 1, pixels: .sixteen([UInt16((value * 65535).rounded())]))
      #expect(wide.rgb == [UInt8((value * 255).rounded())])
    }
  }

  @Test func textChunksAreTheStandardOnes() throws {
    let picture = Picture(
      width: 2, height: 2, rgb: [UInt8](repeating: 9, count: 12), text: ["A": "plain", "B": "é"])
    let bytes = Data(try PNG.encode(picture))
    for chunk in ["sRGB", "tEXtA\u{0}plain", "iTXtB\u{0}"] {
      #expect(bytes.range(of: Data(chunk.utf8)) != nil, "\(chunk)")
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let picture = Picture(width: 8, height: 8, rgb: [UInt8](repeating: 100, count: 192))
    let bytes = try PNG.encode(picture)
    for length in 0..<bytes.count {
      #expect(throws: FilmError.self) { try PNG.decode(Array(bytes.prefix(length)), name: "a") }
    }
    var damaged = bytes
    damaged[bytes.count - 20] ^= 0x55
    #expect(throws: FilmError.self) { try PNG.decode(damaged, name: "a") }
  }

  @Test func impossiblePictures() {
    #expect(throws: FilmError.self) {
      try PNG.encode(Picture(width: 8, height: 8, rgb: [1, 2, 3]))
    }
    #expect(throws: FilmError.self) { try PNG.encode(Picture(width: 0, height: 0, rgb: [])) }
    let key = String(repeating: "k", count: 80)
    #expect(throws: FilmError.self) {
      try PNG.encode(Picture(width: 1, height: 1, rgb: [1, 2, 3], text: [key: "v"]))
    }
    #expect(throws: FilmError.self) { try PNG.read(scratch("absent.png")) }
    #expect(throws: FilmError.missingFolder(path: scratch("no/a.png"))) {
      try PNG.write(Picture(width: 1, height: 1, rgb: [1, 2, 3]), to: scratch("no/a.png"))
    }
  }
}
