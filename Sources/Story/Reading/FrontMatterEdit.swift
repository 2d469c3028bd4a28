/// Writes into a story's front matter and leaves the rest of the file as it is.
public enum FrontMatterEdit {
  /// `source` with the line `key: value` in its front matter, in place of an older one of that key;
  /// a story without front matter gets some.
  ///
  /// `value` is YAML in one line. Throws where the source is no story, is UTF-16, or holds front
  /// matter that can't be read.
  public static func setting(
    _ key: String, to value: String, in source: [UInt8]
  ) throws(StoryError) -> [UInt8] {
    let text = try SourceText(decoding: source)
    guard text.base + text.bytes.count == source.count else {
      throw .frontMatter(line: nil, problem: "only written into UTF-8: save the story as that")
    }
    var result = Array(source.prefix(text.base))
    let old = try FrontMatter(of: text.bytes)
    let end = lineEnd(text.bytes)
    let line = Array("\(key): \(value)".utf8) + end
    guard old.end > 0, let block = FrontMatter.block(in: text.bytes) else {
      let fence = Array("---".utf8) + end
      for part in [fence, line, fence, end, text.bytes] { result += part }
      return result
    }
    let yaml = text.bytes[block.yaml]
    let place = entry(key, in: yaml)
    result += text.bytes[..<place.lowerBound]
    result += line
    result += text.bytes[place.upperBound...]
    return result
  }

  /// The lines of a key, or the empty place after all lines.
  private static func entry(_ key: String, in yaml: ArraySlice<UInt8>) -> Range<Int> {
    var found: Int?
    var start = yaml.startIndex
    while start < yaml.endIndex {
      let next = (yaml[start...].firstIndex(of: 0x0A) ?? yaml.endIndex - 1) + 1
      let line = yaml[start..<next]
      // What is indented, and an empty line within, belongs to the key above.
      let isContinued = line.first == 0x20 || line.first == 0x09
      if let found, !isContinued { return found..<start }
      if found == nil, line.starts(with: "\(key):".utf8) { found = start }
      start = next
    }
    return (found ?? yaml.endIndex)..<yaml.endIndex
  }

  /// The line end that the source uses.
  private static func lineEnd(_ source: [UInt8]) -> [UInt8] {
    guard let newline = source.firstIndex(of: 0x0A), newline > 0, source[newline - 1] == 0x0D
    else { return [0x0A] }
    return [0x0D, 0x0A]
  }
}
