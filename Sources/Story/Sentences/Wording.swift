/// The words of a stretch of text as one line: runs of white space become one space.
func wording(of text: some Collection<UInt8>) -> String {
  var line: [UInt8] = []
  line.reserveCapacity(text.count)
  for byte in text {
    if byte > 0x20 {
      line.append(byte)
    } else if let last = line.last, last != 0x20 {
      line.append(0x20)
    }
  }
  if line.last == 0x20 { line.removeLast() }
  return String(decoding: line, as: UTF8.self)
}
