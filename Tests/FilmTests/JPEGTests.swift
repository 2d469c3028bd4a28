import Testing

@testable import Film

@Suite struct JPEGTests {
  @Test func aPictureComesBackAlmostAsItWas() throws {
    let (width, height) = (48, 32)
    let rgb = (0..<width * height).flatMap { i -> [UInt8] in
      [UInt8(i % width * 5), UInt8(i / width * 7), 90]
    }
    let encoder = try JPEGEncoder(width: width, height: height)
    let first = try encoder.encode(rgb)
    #expect(first.prefix(3) == [0xFF, 0xD8, 0xFF])
    #expect(first.suffix(2) == [0xFF, 0xD9])
    // Pictures don't depend on those before them.
    #expect(try encoder.encode(rgb) == first)
  }

  @Test func refusesAnotherSize() throws {
    let encoder = try JPEGEncoder(width: 16, height: 16)
    #expect(throws: FilmError.self) { try encoder.encode([1, 2, 3]) }
  }
}
