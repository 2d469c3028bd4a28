extension Segmenter {
  /// Where the sentence ends that a run of marks may end; nil when it goes on.
  func boundary(at stop: Stop, _ scan: Scan) -> Int? {
    let limit = scan.range.upperBound
    let follower = Follower(after: stop.end, limit: limit, in: text)
    if follower.kind == .end { return nil }
    if !follower.hasGap { return tightBoundary(at: stop, follower, scan) }
    switch follower.kind {
    case .joining, .dashLower: return nil
    case .lower:
      return beginsSentence(inLowerCase: stop, scan) ? stop.end : nil
    default: break
    }
    if follower.kind == .other, let end = pictureEnd(from: follower.start, scan) { return end }
    switch stop.kind {
    case .wide: return stop.end
    case .exclamation:
      if follower.kind == .other, text.scalar(at: follower.start) == "&" { return nil }
      return stop.end
    case .ellipsis: return endsAfterEllipsis(stop, follower, scan) ? stop.end : nil
    case .fullStop: return endsAfterFullStop(stop, follower, scan) ? stop.end : nil
    }
  }

  /// No white space: the end of a sentence all the same after wide marks, before an opening
  /// quotation mark, where a capital follows small letters, and before a footnote's number.
  private func tightBoundary(at stop: Stop, _ follower: Follower, _ scan: Scan) -> Int? {
    let next = text.scalar(at: stop.end)
    let before = text.scalar(before: stop.start, limit: scan.sentence)
    if stop.kind == .wide {
      if follower.kind == .joining || follower.kind == .dash || next.isDash { return nil }
      if let before, before.kind == .digit, follower.kind == .digit { return nil }
      return stop.end
    }
    if stop.kind == .ellipsis {
      return next == "「" || next == "『" ? stop.end : nil
    }
    switch next {
    case "“", "„", "«", "「", "『", "‘", "¿", "¡":
      return next == "¡" && before == "¿" ? nil : stop.end
    default: break
    }
    if let before, before.isUnspaced, next.isUnspaced { return stop.end }
    if next == "[" || next.kind == .digit, let end = footnoteEnd(stop, scan) { return end }
    guard next.kind == .upper, stop.end - stop.start == 1 else { return nil }
    return joinsTwoWords(stop, scan) ? stop.end : nil
  }

  /// "world.Today": small letters or a large number before, and no address.
  private func joinsTwoWords(_ stop: Stop, _ scan: Scan) -> Bool {
    var i = stop.start
    var letters = 0
    while i > scan.sentence {
      let before = text.index(before: i)
      let kind = text.scalar(at: before).kind
      guard kind == .lower || kind == .digit else { break }
      letters += 1
      i = before
    }
    guard letters > 2 else { return false }
    let token = token(around: stop.start, scan)
    if rules.open.contains(text.string(i..<stop.start).lowercased()) { return false }
    return !token.contains { $0 == 0x40 || $0 == 0x2F || $0 == 0x5F }
      && !token.starts(with: "www.".utf8)
  }

  private func token(around offset: Int, _ scan: Scan) -> ArraySlice<UInt8> {
    var (low, high) = (offset, offset)
    // An address longer than this is not looked at to its end.
    while low > scan.sentence, offset - low < 80, text.bytes[low - 1] > 0x20 { low -= 1 }
    while high < scan.range.upperBound, high - offset < 80, text.bytes[high] > 0x20 { high += 1 }
    return text.bytes[low..<high]
  }

  /// The end of footnote marks after a full stop: `.[1][2] The`, `.11 12 Take`.
  private func footnoteEnd(_ stop: Stop, _ scan: Scan) -> Int? {
    guard let before = text.scalar(before: stop.start, limit: scan.sentence),
      before.kind.isLetter || before.kind == .close
    else { return nil }
    let limit = scan.range.upperBound
    var i = stop.end
    var digits = 0
    while i < limit {
      let byte = text.bytes[i]
      if byte.isASCIIDigit {
        digits += 1
      } else if byte == 0x20, i + 1 < limit, text.bytes[i + 1].isASCIIDigit {
        digits = 0
      } else if byte == 0x5B || byte == 0x5D {
        digits = 0
      } else {
        break
      }
      if digits > 3 { return nil }
      i += 1
    }
    guard i < limit, text.bytes[i] <= 0x20 else { return nil }
    let follower = Follower(after: i, limit: limit, in: text)
    return follower.kind == .upper || follower.kind == .opener ? i : nil
  }

  /// The end of emoji after a sentence, which belong to it; nil when there are none or the text
  /// goes on in small letters.
  private func pictureEnd(from start: Int, _ scan: Scan) -> Int? {
    let limit = scan.range.upperBound
    var i = start
    while i < limit {
      let scalar = text.scalar(at: i)
      let isPicture = scalar.value >= 0x1F000 || 0x2600...0x27BF ~= scalar.value
      guard isPicture || i > start && scalar.kind == .extend else { break }
      i = text.index(after: i)
    }
    guard i > start, i < limit else { return nil }
    let follower = Follower(after: i, limit: limit, in: text)
    return follower.kind == .lower || follower.kind == .joining || follower.kind == .end ? nil : i
  }

  /// An ellipsis ends a sentence before a capital, but not where somebody stammers.
  private func endsAfterEllipsis(_ stop: Stop, _ follower: Follower, _ scan: Scan) -> Bool {
    guard hasWord(scan.sentence..<stop.start) else { return false }
    switch follower.kind {
    case .upper:
      let next = text.string(
        follower.start..<text.wordEnd(from: follower.start, to: scan.range.upperBound))
      let last = text.string(wordBefore(stop.start, scan))
      // An English I has its capital anywhere: a spaced ellipsis before it is a pause.
      if rules.code == "en", next == "I" || next.hasPrefix("I'") || next.hasPrefix("I’"),
        last.isEmpty
      {
        return false
      }
      return next.lowercased() != last.lowercased()
    case .opener, .dashUpper: return stop.start > scan.sentence
    case .digit: return false
    default: return false
    }
  }

  /// The letters right before an offset.
  func wordBefore(_ end: Int, _ scan: Scan) -> Range<Int> {
    var i = end
    while i > scan.sentence {
      let before = text.index(before: i)
      guard text.scalar(at: before).kind.isWord else { break }
      i = before
    }
    return i..<end
  }

  /// Whether a small letter begins a sentence: in a text without capitals, and where the last
  /// word cannot be an abbreviation.
  private func beginsSentence(inLowerCase stop: Stop, _ scan: Scan) -> Bool {
    if stop.kind == .wide { return true }
    guard stop.kind == .fullStop || scan.isLowercase else { return false }
    let word = text.string(wordBefore(stop.start, scan)).lowercased()
    if rules.isAbbreviation(word) || word.unicodeScalars.count < (stop.kind == .exclamation ? 3 : 2)
    {
      return false
    }
    // Oh! and ah! are no sentences before a small letter, in whatever text.
    if scan.isLowercase { return stop.kind != .ellipsis }
    guard word.unicodeScalars.count > 4 else { return false }
    switch rules.code {
    case "el": return true
    case "it", "es", "pt": return word.last.map { "aeiouáéíóúàèìòù".contains($0) } ?? false
    default: return false
    }
  }
}
