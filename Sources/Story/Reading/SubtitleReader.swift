/// Reads SubRip and WebVTT: each cue is a passage with its time, in the order of their times.
struct SubtitleReader {
  let source: [UInt8]
  let format: StoryFormat

  /// What is shown, and when.
  private struct Cue {
    var lines: ArraySlice<Range<Int>>
    var time: Range<Int>
  }

  func script() throws(StoryError) -> Script {
    var script = Script()
    for cue in try cues() { add(cue, &script) }
    return script
  }

  /// The cues in the order of their times: those of a second language may follow all of the first,
  /// and what is shown together has to stand together.
  private func cues() throws(StoryError) -> [Cue] {
    var cues: [Cue] = []
    let lines = SourceLines(source: source).lines(from: 0)
    var i = 0
    while i < lines.count {
      let line = text(lines[i])
      if line.contains("-->") {
        let time = try Self.time(line, line: i + 1)
        i += 1
        let first = i
        while i < lines.count, !text(lines[i]).isEmpty { i += 1 }
        cues.append(Cue(lines: lines[first..<i], time: time))
      } else if format == .vtt, line.hasPrefix("NOTE") || line == "STYLE" || line == "REGION" {
        while i < lines.count, !text(lines[i]).isEmpty { i += 1 }
      } else {
        // Numbers, names and headers of cues.
        i += 1
      }
    }
    let order = cues.indices.sorted { one, other in
      (cues[one].time.lowerBound, one) < (cues[other].time.lowerBound, other)
    }
    return order.map { cues[$0] }
  }

  private func text(_ line: Range<Int>) -> String {
    String(decoding: source[line], as: UTF8.self).trimmed
  }

  private func add(_ cue: Cue, _ script: inout Script) {
    let start = script.text.count
    var speaker: String?
    for line in cue.lines {
      if script.text.count > start { script.write("\n", at: line.lowerBound) }
      append(line, &script, &speaker)
    }
    let end = script.text.count
    guard !Characters(bytes: script.text).trimmed(start..<end).isEmpty else { return }
    script.passages.append(
      Passage(kind: .paragraph, range: start..<end, time: cue.time, speaker: speaker))
    script.write("\n", at: cue.lines.last?.upperBound ?? 0)
  }

  /// Appends a line without <i>, {\an8} and the like; <v Mira> names the speaker.
  private func append(_ line: Range<Int>, _ script: inout Script, _ speaker: inout String?) {
    var i = line.lowerBound
    var copied = i
    while i < line.upperBound {
      let open = source[i]
      let close: UInt8 = open == 0x3C ? 0x3E : 0x7D
      let isTag = open == 0x3C || open == 0x7B && i + 1 < line.upperBound && source[i + 1] == 0x5C
      let limit = min(line.upperBound, i + 200)
      guard isTag, let end = source[i..<limit].firstIndex(of: close) else {
        i += 1
        continue
      }
      script.copy(copied..<i, of: source)
      let tag = String(decoding: source[(i + 1)..<end], as: UTF8.self)
      if tag.hasPrefix("v "), speaker == nil { speaker = String(tag.dropFirst(2)).trimmed }
      i = end + 1
      copied = i
    }
    script.copy(copied..<line.upperBound, of: source)
  }

  /// `00:01:02,500 --> 00:01:04.000`, in microseconds.
  static func time(_ text: String, line: Int) throws(StoryError) -> Range<Int> {
    let words = text.split(separator: " ")
    guard let arrow = words.firstIndex(of: "-->"), arrow > 0, arrow + 1 < words.count,
      let start = clock(words[arrow - 1]), let end = clock(words[arrow + 1])
    else {
      throw .cue(line: line, problem: "write times such as 00:01:02,500 --> 00:01:04,000")
    }
    guard end >= start else {
      throw .cue(line: line, problem: "the cue ends before it begins; swap its times")
    }
    return start..<end
  }

  private static func clock(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let last = parts.last else { return nil }
    let seconds = last.split(whereSeparator: { $0 == "," || $0 == "." })
    guard (1...2).contains(seconds.count), let whole = Int(seconds[0]), whole >= 0, whole < 60
    else { return nil }
    var microseconds = whole * 1_000_000
    if seconds.count == 2 {
      let digits = String(seconds[1].prefix(6))
      guard let fraction = Int(digits), fraction >= 0 else { return nil }
      microseconds += fraction * Self.powers[6 - digits.count]
    }
    for (part, scale) in zip(parts.dropLast().reversed(), [60, 3600]) {
      guard let value = Int(part), (0..<10_000).contains(value) else { return nil }
      microseconds += value * scale * 1_000_000
    }
    return microseconds
  }

  private static let powers = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]
}
