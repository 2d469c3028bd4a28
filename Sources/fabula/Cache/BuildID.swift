import Foundation

/// The name that the linker gave a program: copies have the same, another build has another.
///
/// It is the note `NT_GNU_BUILD_ID` of an ELF file (generic ABI, "Note Section").
struct BuildID: Equatable {
  /// In hexadecimal.
  let hex: String

  /// The build ID of the program in the file `path`; nil where it has none.
  init?(program path: String) {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped),
      let id = data.withUnsafeBytes({ Self.find(in: ELF(bytes: $0)) })
    else { return nil }
    hex = id.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func find(in file: ELF) -> [UInt8]? {
    guard file.bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]),
      let table = file.number(UInt64.self, at: 32), let size = file.number(UInt16.self, at: 54),
      let count = file.number(UInt16.self, at: 56)
    else { return nil }
    for i in 0..<count {
      let header = table + i * size
      guard file.number(UInt32.self, at: header) == ELF.note,
        let start = file.number(UInt64.self, at: header + 8),
        let length = file.number(UInt64.self, at: header + 32)
      else { continue }
      if let id = find(in: file, from: start, to: start + length) { return id }
    }
    return nil
  }

  private static func find(in file: ELF, from start: Int, to end: Int) -> [UInt8]? {
    var position = start
    while position < end, let name = file.number(UInt32.self, at: position),
      let length = file.number(UInt32.self, at: position + 4),
      let kind = file.number(UInt32.self, at: position + 8)
    {
      let content = position + 12 + (name + 3) / 4 * 4
      if kind == ELF.buildID, name == 4, let id = file.bytes(content, length) { return id }
      position = content + (length + 3) / 4 * 4
    }
    return nil
  }
}

/// A 64-bit little-endian ELF file.
private struct ELF {
  let bytes: UnsafeRawBufferPointer

  static let note = 4
  static let buildID = 3

  /// The number at an offset; nil past the end, or where it is larger than any offset may be.
  func number<T: FixedWidthInteger>(_: T.Type, at offset: Int) -> Int? {
    guard offset >= 0, offset <= bytes.count - MemoryLayout<T>.size else { return nil }
    let value = Int(exactly: bytes.loadUnaligned(fromByteOffset: offset, as: T.self)) ?? .max
    return value <= bytes.count ? value : nil
  }

  func bytes(_ offset: Int, _ count: Int) -> [UInt8]? {
    guard offset >= 0, count > 0, offset <= bytes.count - count else { return nil }
    return Array(bytes[offset..<offset + count])
  }
}
