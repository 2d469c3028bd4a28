/// Tells a story's format from its name, else from its first lines.
enum FormatDetector {
  static func format(of source: [UInt8], from start: Int, name: String?) -> StoryFormat {
    switch name.flatMap(pathExtension) {
    case "md", "markdown", "mdown", "mkd": return .markdown
    case "srt": return .srt
    case "vtt": return .vtt
    case "fountain", "spmd": return .fountain
    default: return sniffed(source, from: start)
    }
  }

  private static func pathExtension(_ name: String) -> String? {
    guard let dot = name.lastIndex(of: "."), !name[dot...].contains("/") else { return nil }
    return name[name.index(after: dot)...].lowercased()
  }

  private static func sniffed(_ source: [UInt8], from start: Int) -> StoryFormat {
    let head = source[start..<min(source.count, start + 16_000)]
    if head.starts(with: "WEBVTT".utf8) { return .vtt }
    let lines = head.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
      .map { String(decoding: $0, as: UTF8.self) }
    let filled = lines.filter { !$0.allSatisfy(\.isWhitespace) }
    if filled.count > 2, Int(filled[0].trimmed) != nil, filled[1].contains(" --> ") { return .srt }
    if lines.contains(where: FountainReader.isSceneHeading), lines.count(where: isCharacterCue) > 0
    {
      return .fountain
    }
    let isMarkdown = lines.contains { line in
      MarkdownReader.heading(line) != nil || line.hasPrefix("<!--") || line.hasPrefix("```")
    }
    return isMarkdown ? .markdown : .plain
  }

  private static func isCharacterCue(_ line: String) -> Bool {
    let line = line.trimmed
    return line.count < 40 && line.uppercased() == line && line.contains(where: \.isLetter)
      && !FountainReader.isSceneHeading(line)
  }
}

extension String {
  /// The string without white space at its ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
