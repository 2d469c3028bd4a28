/// Makes text of UTF-8 that comes in pieces, which may end inside a character.
public struct TextDecoder: Sendable {
  private var rest: [UInt8] = []

  /// A decoder at the beginning of a text.
  public init() {}

  /// The text that these bytes complete; what is no UTF-8 becomes U+FFFD.
  public mutating func text(of bytes: [UInt8]) -> String {
    let all = rest + bytes
    let whole = all.count - Self.unfinished(all)
    rest = Array(all[whole...])
    return String(decoding: all[..<whole], as: UTF8.self)
  }

  /// What is left at the end.
  public mutating func finish() -> String {
    defer { rest = [] }
    return String(decoding: rest, as: UTF8.self)
  }

  /// How many bytes at the end begin a character that isn't complete.
  private static func unfinished(_ bytes: [UInt8]) -> Int {
    for back in 1..<4 where back <= bytes.count {
      let byte = bytes[bytes.count - back]
      if byte & 0xC0 == 0x80 { continue }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return length > back ? back : 0
    }
    return 0
  }
}
