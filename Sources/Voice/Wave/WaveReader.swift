/// Reads a WAV file: PCM of 8, 16, 24 or 32 bits, or floating point, whose channels are mixed down
/// to one.
struct WaveReader {
  private let bytes: [UInt8]
  private var isFloat = false
  private var bits = 0
  private var channels = 0
  private var rate = 0

  /// What the file says.
  static func speech(_ bytes: [UInt8]) throws(VoiceError) -> Speech {
    var reader = WaveReader(bytes: bytes)
    do {
      return try reader.read()
    } catch {
      throw .wave(error)
    }
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func read() throws(VoiceError.WaveProblem) -> Speech {
    guard name(at: 0) == "RIFF", name(at: 8) == "WAVE" else { throw .notWave }
    var offset = 12
    while offset + 8 <= bytes.count {
      let (name, size) = (name(at: offset), number(at: offset + 4, bytes: 4))
      let start = offset + 8
      if name == "fmt " { try readKind(at: start, size: size) }
      if name == "data" { return try samples(from: start, size: size) }
      offset = start + size + size % 2
    }
    throw .truncated
  }

  private mutating func readKind(at start: Int, size: Int) throws(VoiceError.WaveProblem) {
    guard size >= 16, start + size <= bytes.count else { throw .truncated }
    var kind = number(at: start, bytes: 2)
    // The extensible header says at its end what the plain one says at its beginning.
    if kind == 0xFFFE, size >= 26 { kind = number(at: start + 24, bytes: 2) }
    isFloat = kind == 3
    channels = number(at: start + 2, bytes: 2)
    rate = number(at: start + 4, bytes: 4)
    bits = number(at: start + 14, bytes: 2)
    let known = isFloat ? [32, 64] : [8, 16, 24, 32]
    guard kind == 1 || kind == 3, known.contains(bits) else {
      throw .kind("kind \(kind) and \(bits) bits")
    }
    guard (1...64).contains(channels), (1000...768_000).contains(rate) else {
      throw .kind("\(channels) channels at \(rate) Hz")
    }
  }

  private func samples(from start: Int, size: Int) throws(VoiceError.WaveProblem) -> Speech {
    guard channels > 0 else { throw .truncated }
    let left = bytes.count - start
    // Who writes to a pipe can't know the size beforehand, and says none or a huge one.
    let isOpen = size == 0 || size >= 0x7FFF_0000
    guard isOpen || size <= left else { throw .truncated }
    let width = bits / 8
    let count = (isOpen ? left : size) / (width * channels)
    var samples: [Float] = []
    samples.reserveCapacity(count)
    for index in 0..<count {
      var sum: Float = 0
      for channel in 0..<channels {
        sum += sample(at: start + (index * channels + channel) * width)
      }
      samples.append(sum / Float(channels))
    }
    return Speech(samples: samples, rate: rate)
  }

  private func sample(at offset: Int) -> Float {
    let raw = number(at: offset, bytes: bits / 8)
    if isFloat {
      let value =
        bits == 64
        ? Float(Double(bitPattern: UInt64(bitPattern: Int64(raw))))
        : Float(bitPattern: UInt32(truncatingIfNeeded: raw))
      return value.isFinite ? value : 0
    }
    if bits == 8 { return Float(raw - 128) / 128 }
    let signed = (raw << (64 - bits)) >> (64 - bits)
    return Float(signed) / Float(1 << (bits - 1))
  }

  private func number(at offset: Int, bytes count: Int) -> Int {
    var value: UInt64 = 0
    for index in 0..<count { value |= UInt64(bytes[offset + index]) << (8 * UInt64(index)) }
    return Int(truncatingIfNeeded: value)
  }

  private func name(at offset: Int) -> String {
    guard offset + 4 <= bytes.count else { return "" }
    return String(decoding: bytes[offset..<offset + 4], as: UTF8.self)
  }
}
