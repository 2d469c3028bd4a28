/// The story's bytes as UTF-8, whatever they came as.
struct SourceText: Sendable {
  /// UTF-8 without a byte order mark.
  let bytes: [UInt8]
  /// Bytes before `bytes` in the source: 3 for a UTF-8 byte order mark, else 0.
  let base: Int

  /// Takes UTF-8 with or without a mark, and UTF-16 with one.
  init(decoding source: [UInt8]) throws(StoryError) {
    if source.starts(with: [0xFF, 0xFE]) || source.starts(with: [0xFE, 0xFF]) {
      bytes = try Self.utf8(fromUTF16: source, bigEndian: source[0] == 0xFE)
      base = 0
      return
    }
    base = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if let bad = Self.firstInvalidByte(of: source) { throw .notUTF8(byteOffset: bad) }
    bytes = base == 0 ? source : Array(source[base...])
  }

  private static func utf8(
    fromUTF16 source: [UInt8], bigEndian: Bool
  ) throws(StoryError) -> [UInt8] {
    if source.count % 2 == 1 { throw .notUTF16(byteOffset: source.count - 1) }
    let units = stride(from: 2, to: source.count, by: 2).lazy.map { i in
      let (a, b) = (UInt16(source[i]), UInt16(source[i + 1]))
      return bigEndian ? a << 8 | b : b << 8 | a
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.count)
    var decoder = UTF16()
    var iterator = units.makeIterator()
    var position = 2
    while true {
      switch decoder.decode(&iterator) {
      case .emptyInput: return bytes
      case .error: throw .notUTF16(byteOffset: position)
      case .scalarValue(let scalar):
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        position += scalar.value > 0xFFFF ? 4 : 2
      }
    }
  }

  /// Where the bytes stop being UTF-8; nil when they never do.
  static func firstInvalidByte(of source: [UInt8]) -> Int? {
    source.withUnsafeBufferPointer { bytes in
      var i = 0
      while i < bytes.count {
        if bytes[i] < 0x80 {
          i += 1
          continue
        }
        let length = sequenceLength(bytes, at: i)
        if length == 0 { return i }
        i += length
      }
      return nil
    }
  }

  /// The length of the well-formed sequence at `i` (Unicode, table 3-7), or 0.
  private static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at i: Int) -> Int {
    let lead = bytes[i]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard i + length <= bytes.count, second.contains(bytes[i + 1]) else { return 0 }
    for j in (i + 2)..<max(i + 2, i + length) where bytes[j] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
