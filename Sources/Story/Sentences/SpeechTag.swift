extension Segmenter {
  /// Whether a quotation ends the sentence that it stands in.
  func endsSentence(_ quotation: Range<Int>, _ scan: Scan) -> Bool {
    let limit = scan.range.upperBound
    let follower = Follower(after: quotation.upperBound, limit: limit, in: text)
    if follower.kind == .end { return false }
    let mark = lastMark(in: quotation)
    let opening = text.scalar(at: quotation.lowerBound)
    let isBracket = Self.isBracket(opening)
    if !follower.hasGap { return endsTight(quotation, mark, opening, follower, scan) }
    guard mark != .none else { return false }
    switch follower.kind {
    case .end, .lower, .joining, .dashLower: return false
    case .dash, .dashUpper, .digit: return mark.isEnd || follower.kind == .dashUpper
    case .upper:
      if isBracket { return mark.isEnd && isAlone(quotation, scan) }
      return isIntroduced(quotation, scan) || !isSpeechTag(follower, after: mark, scan)
    case .opener:
      if text.scalar(at: follower.start) == "(" { return isBracket || !isAside(follower, scan) }
      return !isBracket || isAlone(quotation, scan)
    case .letter:
      guard mark.isEnd, !isBracket else { return false }
      return isIntroduced(quotation, scan) || !isSpeechTag(follower, after: mark, scan)
    case .other: return mark.isEnd
    }
  }

  /// The last mark inside a quotation, inner quotation marks left aside.
  enum LastMark {
    case none, fullStop, exclamation, ellipsis, dash

    var isEnd: Bool { self == .fullStop || self == .exclamation || self == .ellipsis }
  }

  private func lastMark(in quotation: Range<Int>) -> LastMark {
    let first = text.index(after: quotation.lowerBound)
    var i = text.index(before: quotation.upperBound)
    while i > first {
      i = text.index(before: i)
      let scalar = text.scalar(at: i)
      if scalar.kind.isSpace { continue }
      switch scalar {
      case "”", "’", "\"", "'", "“", "‘", "»", "«", "›", "」", "』", "*", "_": continue
      case ".":
        return i > first && text.bytes[i - 1] == 0x2E ? .ellipsis : .fullStop
      case "…": return .ellipsis
      default: break
      }
      if scalar.isDash { return .dash }
      return scalar.kind == .terminator
        ? .exclamation : scalar.kind == .fullStop ? .fullStop : .none
    }
    return .none
  }

  private static func isBracket(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "(", "[", "（", "【", "《", "〈": true
    default: false
    }
  }

  /// No white space after the closing mark: the way of scripts without spaces.
  private func endsTight(
    _ quotation: Range<Int>, _ mark: LastMark, _ opening: Unicode.Scalar, _ follower: Follower,
    _ scan: Scan
  ) -> Bool {
    let next = text.scalar(at: quotation.upperBound)
    if next == "「" || next == "『" { return opening == next }
    if next == "“" { return opening == next && mark.isEnd }
    guard mark.isEnd, !Self.isBracket(opening), follower.kind == .letter else {
      return false
    }
    guard next.isUnspaced else { return false }
    return isIntroduced(quotation, scan) || !isSpeechTag(follower, after: mark, scan)
  }

  /// Whether a bracket or quotation is a sentence of its own.
  private func isAlone(_ quotation: Range<Int>, _ scan: Scan) -> Bool {
    text.skippingSpace(from: scan.sentence, to: quotation.lowerBound) == quotation.lowerBound
  }

  /// Whether the words before a quotation tell already who speaks: She said: “Go home.”
  private func isIntroduced(_ quotation: Range<Int>, _ scan: Scan) -> Bool {
    let end = text.skippingSpace(backFrom: quotation.lowerBound, to: scan.sentence)
    guard let mark = text.scalar(before: end, limit: scan.sentence) else { return false }
    if mark == ":" || mark == "：" { return true }
    guard mark == "," else { return false }
    let word = text.string(wordBefore(end - 1, scan))
    return rules.speech.contains(word) && !text.bytes[scan.sentence..<end].contains(0x22)
      && !text.bytes[scan.sentence..<end].contains(0xE2)
  }

  /// A last remark in brackets goes with the words before it.
  private func isAside(_ follower: Follower, _ scan: Scan) -> Bool {
    guard scan.quotation < scan.quotations.count else { return false }
    let bracket = scan.quotations[scan.quotation]
    return bracket.lowerBound == follower.start
      && text.skippingSpace(from: bracket.upperBound, to: scan.range.upperBound)
        == scan.range.upperBound
  }

  /// Whether the words after a quotation say who spoke: Tom said, the wolf's と言った, 他喊道.
  private func isSpeechTag(_ follower: Follower, after mark: LastMark, _ scan: Scan) -> Bool {
    switch rules.code {
    case "ja": isJapaneseTag(follower, scan)
    case "zh": isChineseTag(follower, scan)
    case "ko": isKoreanTag(follower, scan)
    case "ar", "he", "fa", "ur", "hi", "mr": isUncasedTag(follower, scan)
    case "en": isEnglishTag(follower, after: mark, scan)
    default: false
    }
  }

  private func hasPrefix(_ prefix: String, at offset: Int, _ scan: Scan) -> Bool {
    text.bytes[offset..<scan.range.upperBound].starts(with: prefix.utf8)
  }

  /// A name or "I", perhaps an adverb, and a verb of speech.
  private func isEnglishTag(_ follower: Follower, after mark: LastMark, _ scan: Scan) -> Bool {
    let words = followingWords(follower, scan, count: 7)
    guard let first = words.first else { return false }
    var index = 0
    if first.text != "I", rules.starters.contains(first.text.lowercased()) { return false }
    while index < words.count,
      words[index].isCapital || index > 0 && nameLinks.contains(words[index].text)
    {
      index += 1
    }
    if index < words.count, adverbs.contains(words[index].text) || words[index].text.hasSuffix("ly")
    {
      index += 1
    }
    guard index > 0, index < words.count, rules.speech.contains(words[index].text) else {
      return false
    }
    if index + 1 < words.count {
      let next = words[index + 1].text
      if notTags.contains(next)
        || next == "to" && ["began", "continued", "urged"].contains(words[index].text)
      {
        return false
      }
    }
    // After a full stop only the shortest tag is one; a comma would be the rule.
    return mark != .fullStop || index + 1 >= words.count || words[index].endsClause
      || (words[index + 1].endsClause && words[index + 1].text.hasSuffix("ly"))
  }

  private struct Word {
    var text: String
    var isCapital: Bool
    /// Whether a mark comes right after it.
    var endsClause: Bool
  }

  private func followingWords(_ follower: Follower, _ scan: Scan, count: Int) -> [Word] {
    var words: [Word] = []
    let limit = scan.range.upperBound
    var i = follower.start
    while i < limit, words.count < count {
      let end = text.wordEnd(from: i, to: limit)
      guard end > i else { break }
      let string = text.string(i..<end)
      var next = end
      // The full stop of a title: Mr. Fox said.
      if next < limit, text.bytes[next] == 0x2E, rules.open.contains(string.lowercased()) {
        next += 1
      }
      let isEnd = next >= limit || !text.scalar(at: next).kind.isSpace
      words.append(
        Word(text: string, isCapital: text.scalar(at: i).kind == .upper, endsClause: isEnd))
      if isEnd { break }
      i = text.skippingSpace(from: next, to: limit)
    }
    return words
  }

  /// と and って hold a quotation in its sentence; so does a verb of speech at the clause's end.
  private func isJapaneseTag(_ follower: Follower, _ scan: Scan) -> Bool {
    if ["と", "って", "っと", "なんて", "という", "とか"].contains(where: {
      hasPrefix($0, at: follower.start, scan)
    }) {
      return true
    }
    let clause = clause(from: follower.start, scan, stops: "。！？!?「『\n", longest: 120)
    return rules.speech.contains { clause.hasSuffix($0) }
  }

  /// 라고 and 하고 hold a quotation in its sentence; so does a verb of speech at the clause's end.
  private func isKoreanTag(_ follower: Follower, _ scan: Scan) -> Bool {
    if ["라고", "하고", "이라고", "라며"].contains(where: { hasPrefix($0, at: follower.start, scan) }) {
      return true
    }
    let clause = clause(from: follower.start, scan, stops: ".,!?\"“\n", longest: 120)
    return rules.speech.contains { clause.hasSuffix($0) }
  }

  private func isChineseTag(_ follower: Follower, _ scan: Scan) -> Bool {
    let clause = clause(from: follower.start, scan, stops: "，。！？：；,!?:“「『\n", longest: 60)
    if clause.hasPrefix("说完") || clause.hasPrefix("说罢") || clause.hasPrefix("說完") { return false }
    return rules.speech.contains {
      clause.hasSuffix($0) || clause.contains($0 + "道") || clause.contains($0 + "着")
    }
  }

  /// Arabic and Hebrew put the verb first; Hindi puts it at the end of a short clause.
  private func isUncasedTag(_ follower: Follower, _ scan: Scan) -> Bool {
    let limit = scan.range.upperBound
    var i = follower.start
    for _ in 0..<(rules.code == "hi" || rules.code == "mr" || rules.code == "ur" ? 5 : 1) {
      let end = text.wordEnd(from: i, to: limit)
      guard end > i else { return false }
      if rules.speech.contains(text.string(i..<end)) { return true }
      i = text.skippingSpace(from: end, to: limit)
    }
    return false
  }

  private func clause(from start: Int, _ scan: Scan, stops: String, longest: Int) -> String {
    let limit = min(scan.range.upperBound, start + longest)
    var i = start
    while i < limit, !stops.unicodeScalars.contains(text.scalar(at: i)) { i = text.index(after: i) }
    return text.string(start..<min(i, scan.range.upperBound))
  }
}

private let nameLinks: Set<String> = ["the", "of", "and", "de", "von", "van", "la", "du"]
private let adverbs: Set<String> = [
  "then", "just", "now", "only", "once", "again", "almost", "half", "had", "would",
]

/// Words that make a verb of speech tell something else: Tom said nothing, Anna called after him.
private let notTags: Set<String> = [
  "nothing", "no", "goodbye", "it", "that", "this", "something", "after", "for", "off",
]
