/// Reads a Fountain screenplay: scene headings set place and time, action and dialogue are read.
struct FountainReader {
  let source: [UInt8]
  /// Where the text begins, after the front matter.
  var start = 0

  func script() -> Script {
    var script = Script()
    let lines = SourceLines(source: source).lines(from: start)
    var i = titlePage(lines, &script)
    var isAfterBlank = true
    var isBoneyard = false
    while i < lines.count {
      let line = text(lines[i])
      if isBoneyard || line.hasPrefix("/*") {
        isBoneyard = line.range(of: "*/") == nil
        i += 1
        continue
      }
      if line.isEmpty {
        isAfterBlank = true
        i += 1
        continue
      }
      let next = i + 1 < lines.count ? text(lines[i + 1]) : ""
      if isAfterBlank, let heading = Self.sceneHeading(line) {
        add(.setting, lines[i], dropping: heading, &script)
        i += 1
      } else if Self.isSilent(line) || Self.isTransition(line) && isAfterBlank && next.isEmpty {
        i += 1
      } else if isAfterBlank, !next.isEmpty, let speaker = Self.speaker(line) {
        i = dialogue(lines, from: i + 1, speaker, &script)
      } else {
        i = action(lines, from: i, &script)
      }
      isAfterBlank = false
    }
    script.layOut()
    return script
  }

  private func text(_ line: Range<Int>) -> String {
    String(decoding: source[line], as: UTF8.self).trimmed
  }

  /// `Title: The Fox` and so on, up to the first blank line.
  private func titlePage(_ lines: [Range<Int>], _ script: inout Script) -> Int {
    let keys = [
      "title:", "credit:", "author:", "authors:", "source:", "draft date:", "contact:",
      "copyright:",
    ]
    guard let first = lines.first, keys.contains(where: text(first).lowercased().hasPrefix) else {
      return 0
    }
    var i = 0
    while i < lines.count, !text(lines[i]).isEmpty {
      let line = text(lines[i])
      if line.lowercased().hasPrefix("title:") {
        let title = line.dropFirst(6).filter { $0 != "*" && $0 != "_" }
        script.title = String(title).trimmed.isEmpty ? nil : String(title).trimmed
      } else if script.title == nil, i == 1 {
        script.title = line.filter { $0 != "*" && $0 != "_" }
      }
      i += 1
    }
    return i
  }

  private func add(
    _ kind: Passage.Kind, _ line: Range<Int>, dropping count: Int = 0, speaker: String? = nil,
    _ script: inout Script
  ) {
    let start = script.text.count
    let trimmed = Characters(bytes: source).trimmed(line)
    appendInline(trimmed.lowerBound + count..<trimmed.upperBound, &script)
    let range = Characters(bytes: script.text).trimmed(start..<script.text.count)
    if !range.isEmpty {
      script.passages.append(Passage(kind: kind, range: range, speaker: speaker))
    }
    script.write("\n\n", at: line.upperBound)
  }

  /// Appends a line without emphasis and [[notes]].
  private func appendInline(_ range: Range<Int>, _ script: inout Script) {
    var i = range.lowerBound
    var copied = i
    while i < range.upperBound {
      var end = i
      if source[i] == 0x2A || source[i] == 0x5F {
        end = i + 1
      } else if source[i..<range.upperBound].starts(with: "[[".utf8),
        let close = source[i..<range.upperBound].firstRange(of: "]]".utf8)
      {
        end = close.upperBound
      }
      if end > i {
        script.copy(copied..<i, of: source)
        copied = end
      }
      i = max(i + 1, end)
    }
    if copied < range.upperBound { script.copy(copied..<range.upperBound, of: source) }
  }

  private func dialogue(
    _ lines: [Range<Int>], from start: Int, _ speaker: String, _ script: inout Script
  ) -> Int {
    var i = start
    let first = script.text.count
    while i < lines.count, !text(lines[i]).isEmpty {
      let line = text(lines[i])
      // (softly) is for the actor.
      if !(line.hasPrefix("(") && line.hasSuffix(")")) {
        if script.text.count > first { script.write("\n", at: lines[i].lowerBound) }
        let trimmed = Characters(bytes: source).trimmed(lines[i])
        appendInline(
          trimmed.lowerBound + (line.hasPrefix("~") ? 1 : 0)..<trimmed.upperBound, &script)
      }
      i += 1
    }
    if script.text.count > first {
      script.passages.append(
        Passage(kind: .paragraph, range: first..<script.text.count, speaker: speaker))
      script.write("\n\n", at: lines[i - 1].upperBound)
    }
    return i
  }

  private func action(_ lines: [Range<Int>], from start: Int, _ script: inout Script) -> Int {
    var i = start
    let first = script.text.count
    while i < lines.count, !text(lines[i]).isEmpty {
      if script.text.count > first { script.write("\n", at: lines[i].lowerBound) }
      var trimmed = Characters(bytes: source).trimmed(lines[i])
      let line = text(lines[i])
      if line.hasPrefix("!") { trimmed = trimmed.lowerBound + 1..<trimmed.upperBound }
      if line.hasPrefix(">"), line.hasSuffix("<"), trimmed.count > 1 {
        trimmed = trimmed.lowerBound + 1..<trimmed.upperBound - 1
      }
      appendInline(trimmed, &script)
      i += 1
    }
    script.passages.append(Passage(kind: .block, range: first..<script.text.count))
    script.write("\n\n", at: lines[i - 1].upperBound)
    return i
  }

  /// Whether a line begins like a scene heading.
  static func isSceneHeading(_ line: String) -> Bool {
    let upper = line.trimmed.uppercased()
    return ["INT.", "EXT.", "EST.", "INT ", "EXT ", "INT/EXT", "I/E", "INT./EXT"].contains(
      where: upper.hasPrefix)
  }

  /// How many bytes to drop before a scene heading's words; nil when it is none.
  private static func sceneHeading(_ line: String) -> Int? {
    if line.hasPrefix("."), !line.hasPrefix("..") { return 1 }
    return isSceneHeading(line) ? 0 : nil
  }

  /// Sections, synopses and page breaks.
  private static func isSilent(_ line: String) -> Bool {
    line.hasPrefix("#") || line.hasPrefix("=") || line.hasPrefix("[[") && line.hasSuffix("]]")
  }

  private static func isTransition(_ line: String) -> Bool {
    line.hasPrefix(">") && !line.hasSuffix("<")
      || line.uppercased() == line && (line.hasSuffix("TO:") || line.hasSuffix("OUT."))
  }

  /// MIRA (O.S.) or @McKenzie.
  private static func speaker(_ line: String) -> String? {
    var name = line
    if name.hasPrefix("@") {
      name.removeFirst()
    } else {
      guard name.uppercased() == name, name.contains(where: \.isLetter), !name.hasPrefix("!") else {
        return nil
      }
    }
    if let bracket = name.firstIndex(of: "(") { name = String(name[..<bracket]) }
    if name.hasSuffix("^") { name.removeLast() }
    name = name.trimmed
    return name.isEmpty ? nil : name
  }
}
