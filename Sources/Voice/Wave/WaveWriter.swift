extension Speech {
  /// The speech as a WAV file of 16 bits.
  public var wave: [UInt8] {
    func little(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let size = samples.count * 2
    var bytes = Array("RIFF".utf8) + little(36 + size, 4) + Array("WAVEfmt ".utf8)
    bytes += little(16, 4) + little(1, 2) + little(1, 2) + little(rate, 4)
    bytes += little(rate * 2, 4) + little(2, 2) + little(16, 2)
    bytes += Array("data".utf8) + little(size, 4)
    bytes.reserveCapacity(bytes.count + size)
    for sample in samples {
      let value = Int16((min(max(sample, -1), 1) * 32767).rounded())
      bytes.append(UInt8(truncatingIfNeeded: value))
      bytes.append(UInt8(truncatingIfNeeded: value >> 8))
    }
    return bytes
  }

  /// Reads a WAV file: PCM of 8 to 32 bits or floating point, at any rate; channels are mixed.
  public init(wave bytes: [UInt8]) throws(VoiceError) {
    self = try WaveReader.speech(bytes)
  }
}
