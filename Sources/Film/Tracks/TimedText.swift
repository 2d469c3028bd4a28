/// MPEG-4 timed text (`mov_text`), which needs no encoder: a length, then UTF-8.
enum TimedText {
  /// A sample of at most 65,535 bytes, cut between characters.
  static func sample(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for character in text {
      let next = Array(String(character).utf8)
      guard bytes.count + next.count <= 0xFFFF else { break }
      bytes += next
    }
    return [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)] + bytes
  }

  /// The track's default look (3GPP TS 26.245 section 5.16): QuickTime refuses a track without.
  static let look: [UInt8] =
    [0, 0, 0, 0, 1, 0xFF]  // flags, centred, at the bottom
    + [0, 0, 0, 0]  // no background
    + [0, 0, 0, 0, 0, 0, 0, 0]  // in the whole picture
    + [0, 0, 0, 0, 0, 1, 0, 18, 0xFF, 0xFF, 0xFF, 0xFF]  // font 1, size 18, white
    + [0, 0, 0, 23] + Array("ftab".utf8) + [0, 1, 0, 1, 10] + Array("Sans-Serif".utf8)
}
