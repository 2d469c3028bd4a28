/// Finds the sentences of a passage.
struct Segmenter {
  let text: [UInt8]

  /// The sentences in a range of the text, white space around them left out.
  func sentences(in range: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = range.lowerBound
    func close(_ end: Int) {
      var (low, high) = (start, end)
      while low < high, text[low] <= 0x20 { low += 1 }
      while low < high, text[high - 1] <= 0x20 { high -= 1 }
      if low < high { found.append(low..<high) }
      start = end
    }
    for i in range where text[i] <= 0x20 && i > start {
      if [0x2E, 0x21, 0x3F].contains(text[i - 1]) { close(i) }
    }
    close(range.upperBound)
    return found
  }
}
