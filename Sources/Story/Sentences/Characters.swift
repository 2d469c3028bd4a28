/// Well-formed UTF-8 that is read by character, forwards and backwards, without copies.
struct Characters: Sendable {
  let bytes: [UInt8]

  /// The character that begins at an offset.
  @inline(__always)
  func scalar(at i: Int) -> Unicode.Scalar {
    let lead = bytes[i]
    if lead < 0x80 { return Unicode.Scalar(lead) }
    return wideScalar(at: i, lead: lead)
  }

  private func wideScalar(at i: Int, lead: UInt8) -> Unicode.Scalar {
    let value: UInt32
    switch lead {
    case 0xF0...:
      value = UInt32(lead & 7) << 18 | tail(i + 1) << 12 | tail(i + 2) << 6 | tail(i + 3)
    case 0xE0...: value = UInt32(lead & 15) << 12 | tail(i + 1) << 6 | tail(i + 2)
    default: value = UInt32(lead & 31) << 6 | tail(i + 1)
    }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  @inline(__always)
  private func tail(_ i: Int) -> UInt32 { UInt32(bytes[i] & 63) }

  /// The offset after the character at an offset.
  @inline(__always)
  func index(after i: Int) -> Int {
    switch bytes[i] {
    case ..<0x80: i + 1
    case ..<0xE0: i + 2
    case ..<0xF0: i + 3
    default: i + 4
    }
  }

  /// The offset of the character before an offset.
  @inline(__always)
  func index(before i: Int) -> Int {
    var j = i - 1
    while j > 0, bytes[j] & 0xC0 == 0x80 { j -= 1 }
    return j
  }

  /// The character before an offset, or nil at the limit.
  func scalar(before i: Int, limit: Int) -> Unicode.Scalar? {
    i > limit ? scalar(at: index(before: i)) : nil
  }

  /// The character at an offset, or nil at the limit.
  func scalar(at i: Int, limit: Int) -> Unicode.Scalar? {
    i < limit ? scalar(at: i) : nil
  }

  /// The first offset from `i` on that is not white space.
  func skippingSpace(from i: Int, to limit: Int) -> Int {
    var i = i
    while i < limit {
      let byte = bytes[i]
      if byte > 0x20 && byte < 0x7F { return i }
      if byte > 0x20, !scalar(at: i).kind.isSpace { return i }
      i = index(after: i)
    }
    return i
  }

  /// The last offset down from `i` before which there is no white space.
  func skippingSpace(backFrom i: Int, to limit: Int) -> Int {
    var i = i
    while i > limit {
      let before = index(before: i)
      if !scalar(at: before).kind.isSpace && bytes[before] > 0x20 { return i }
      i = before
    }
    return i
  }

  /// A range without the white space at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    let low = skippingSpace(from: range.lowerBound, to: range.upperBound)
    return low..<max(low, skippingSpace(backFrom: range.upperBound, to: low))
  }

  /// The text of a range.
  func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// The end of the word that begins at an offset: letters, digits and apostrophes between them.
  func wordEnd(from i: Int, to limit: Int) -> Int {
    var i = i
    while i < limit {
      let scalar = scalar(at: i)
      let next = index(after: i)
      if !scalar.kind.isWord {
        let apostrophe = scalar == "'" || scalar == "’"
        guard apostrophe, next < limit, self.scalar(at: next).kind.isLetter else { return i }
      }
      i = next
    }
    return i
  }
}
