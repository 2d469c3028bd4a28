/// The words of a stretch of text as one line: runs of white space become one space, or nothing
/// where a line of Chinese or Japanese was broken.
func wording(of text: some Collection<UInt8>) -> String {
  var line: [UInt8] = []
  line.reserveCapacity(text.count)
  var isSpace = false
  var isBroken = false
  for byte in text {
    if byte <= 0x20 {
      isSpace = true
      isBroken = isBroken || byte == 0x0A || byte == 0x0D
      continue
    }
    if isSpace, !line.isEmpty {
      let isUnspaced =
        isBroken && isEastAsian(byte) && line.count > 2 && isEastAsian(line[line.count - 3])
      if !isUnspaced { line.append(0x20) }
    }
    (isSpace, isBroken) = (false, false)
    line.append(byte)
  }
  return String(decoding: line, as: UTF8.self)
}

/// Whether a byte leads a character of CJK punctuation, kana or Han.
@inline(__always)
private func isEastAsian(_ byte: UInt8) -> Bool { 0xE3...0xE9 ~= byte }
