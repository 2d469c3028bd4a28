import Testing

@testable import Voice

@Suite struct WaveTests {
  private let speech = Speech(samples: [0, 0.5, -0.5, 0.25, -1, 1], rate: 16_000)

  @Test func whatIsWrittenIsRead() throws {
    let read = try Speech(wave: speech.wave)
    #expect(read.rate == 16_000)
    #expect(read.samples.count == 6)
    #expect(zip(read.samples, speech.samples).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  @Test(arguments: [(1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64)])
  func kindsOfSamples(kind: Int, bits: Int) throws {
    let wave = Self.wave(kind: kind, bits: bits, channels: 2, values: [0.5, 0.25, -0.5, -0.5])
    let read = try Speech(wave: wave)
    #expect(read.rate == 8000)
    #expect(zip(read.samples, [0.375, -0.5]).allSatisfy { abs($0 - $1) < 0.01 })
    #expect(read.samples.count == 2)
  }

  /// Who writes to a pipe doesn't know the size.
  @Test(arguments: [0, 0x7FFF_F000, 0xFFFF_FFFF])
  func openSizes(size: Int) throws {
    var wave = speech.wave
    wave.replaceSubrange(40..<44, with: Self.little(size, 4))
    #expect(try Speech(wave: wave).samples.count == 6)
  }

  @Test func truncatedFiles() {
    let wave = speech.wave
    for count in 12..<wave.count - 1 {
      #expect(throws: VoiceError.wave(.truncated)) {
        _ = try Speech(wave: Array(wave[..<count]))
      }
    }
    for count in 0..<12 {
      #expect(throws: VoiceError.wave(.notWave)) {
        _ = try Speech(wave: Array(wave[..<count]))
      }
    }
  }

  @Test func otherFiles() {
    #expect(throws: VoiceError.wave(.notWave)) {
      _ = try Speech(wave: Array("ID3 music, it may be".utf8))
    }
    #expect(throws: VoiceError.self) {
      _ = try Speech(wave: Self.wave(kind: 2, bits: 4, channels: 1, values: [0]))
    }
    #expect(throws: VoiceError.self) {
      _ = try Speech(wave: Self.wave(kind: 1, bits: 16, channels: 0, values: [0]))
    }
  }

  @Test func silenceIsTrimmed() throws {
    let tone = [Float](repeating: 0.5, count: 1000)
    let silence = [Float](repeating: 0.001, count: 4000)
    let trimmed = try #require(
      Speech(samples: silence + tone + silence, rate: 16_000).trimmed())
    let before = try #require(trimmed.samples.firstIndex(of: 0.5))
    #expect(before <= 32)
    #expect(trimmed.samples.count - before - 1000 <= 320)
    #expect(Speech(samples: [0, 0, 0], rate: 16_000).trimmed() == nil)
    #expect(Speech(samples: [], rate: 16_000).trimmed() == nil)
  }

  static func wave(kind: Int, bits: Int, channels: Int, values: [Double]) -> [UInt8] {
    let data = values.flatMap { value -> [UInt8] in
      switch (kind, bits) {
      case (3, 64): little(Int(bitPattern: UInt(value.bitPattern)), 8)
      case (3, _): little(Int(Float(value).bitPattern), 4)
      case (_, 8): [UInt8(value * 127 + 128)]
      default: little(Int(value * Double(1 << (bits - 1) - 1)), bits / 8)
      }
    }
    let format = little(kind, 2) + little(channels, 2) + little(8000, 4) + little(0, 4)
    return Array("RIFF".utf8) + little(0, 4) + Array("WAVEJUNK".utf8) + little(3, 4) + [1, 2, 3, 0]
      + Array("fmt ".utf8) + little(16, 4) + format + little(0, 2) + little(bits, 2)
      + Array("data".utf8) + little(data.count, 4) + data
  }

  static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
