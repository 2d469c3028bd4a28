extension Segmenter {
  /// Whether a full stop with white space after it ends the sentence, or an abbreviation only.
  func endsAfterFullStop(_ stop: Stop, _ follower: Follower, _ scan: Scan) -> Bool {
    // Closing marks between the stop and the space settle it, unless they belong to initials.
    let token = abbreviation(before: stop.start, scan)
    if token.isEmpty { return stop.start > scan.sentence }
    let word = text.string(token)
    let isFirst = !hasWord(scan.sentence..<token.lowerBound)
    if stop.end > stop.start + 1 {
      // 1.) is an item's number; after any other word a closing mark settles it.
      return !isFirst || token.count > 3 || text.bytes[stop.end - 1] != 0x29
    }
    if word.utf8.allSatisfy(\.isASCIIDigit) {
      return endsAfterNumber(word, follower, scan, isFirst: isFirst)
    }
    if let ends = endsAfterInitial(word, token, follower, scan, isFirst: isFirst) { return ends }
    if isRoman(word) {
      if isFirst || isHeading(scan.sentence..<token.lowerBound) { return false }
      if rules.hasOrdinals { return isStarter(follower, scan) || follower.kind == .opener }
    }
    return endsAfterAbbreviation(word, token, follower, scan)
  }

  /// The word before a full stop, with full stops and hyphens inside it: U.S, z.B, Ph.D
  private func abbreviation(before end: Int, _ scan: Scan) -> Range<Int> {
    var i = end
    while i > scan.sentence, end - i < 40 {
      let before = text.index(before: i)
      let scalar = text.scalar(at: before)
      guard
        scalar.kind.isWord || scalar == "." || scalar == "&" || scalar == "°" || scalar == "º"
          || scalar == "-" && i < end
      else { break }
      i = before
    }
    while i < end, text.bytes[i] == 0x2E || text.bytes[i] == 0x2D || text.bytes[i] == 0x26 {
      i += 1
    }
    return i..<end
  }

  /// Whether there is a letter or digit in a range.
  func hasWord(_ range: Range<Int>) -> Bool {
    var i = range.lowerBound
    while i < range.upperBound {
      if text.scalar(at: i).kind.isWord { return true }
      i = text.index(after: i)
    }
    return false
  }

  private func endsAfterNumber(
    _ word: String, _ follower: Follower, _ scan: Scan, isFirst: Bool
  ) -> Bool {
    if isFirst && word.utf8.count <= 3 { return false }
    let end = text.skippingSpace(backFrom: follower.start, to: scan.sentence)
    if isHeading(scan.sentence..<max(scan.sentence, end - word.utf8.count - 1)) { return false }
    guard rules.hasOrdinals, word.utf8.count <= 2 else { return true }
    switch follower.kind {
    case .upper: return isStarter(follower, scan)
    case .dash, .digit, .letter: return follower.kind == .digit
    default: return true
    }
  }

  /// One letter, or letters with full stops between them; nil when the word is neither.
  private func endsAfterInitial(
    _ word: String, _ token: Range<Int>, _ follower: Follower, _ scan: Scan, isFirst: Bool
  ) -> Bool? {
    let letters = word.split(separator: ".")
    guard letters.allSatisfy({ $0.unicodeScalars.count == 1 }) else { return nil }
    let lower = word.lowercased()
    if letters.count == 1 {
      guard let scalar = word.unicodeScalars.first, scalar.kind.isLetter else { return nil }
      if isFirst || rules.open.contains(lower) { return false }
      if follower.kind == .opener, text.scalar(at: follower.start) == "(" { return false }
      if rules.beforeNumber.contains(lower) {
        return follower.kind != .digit && (scalar.kind != .upper || isStarter(follower, scan))
      }
      if scalar.kind != .upper { return !rules.closing.contains(lower) }
      guard follower.kind == .upper else { return follower.kind != .digit || word == "I" }
      return isStarter(follower, scan) || word == "I" && followsJoiner(token, scan)
    }
    if rules.open.contains(lower) { return false }
    guard follower.kind == .upper || follower.kind == .opener else {
      return follower.kind != .dash && follower.kind != .dashUpper
    }
    if timesOfDay.contains(lower) {
      return words(in: scan.sentence..<token.lowerBound) > 3 || isStarter(follower, scan)
    }
    if states.contains(lower) {
      let next = nextWord(follower, scan)
      return !institutions.contains(next)
    }
    return follower.kind == .opener || isStarter(follower, scan)
      || letters.contains { $0.first?.isLowercase ?? false }
  }

  /// "you and I." is no initial.
  private func followsJoiner(_ token: Range<Int>, _ scan: Scan) -> Bool {
    let end = text.skippingSpace(backFrom: token.lowerBound, to: scan.sentence)
    return ["and", "or", "than", "as", "but", "nor"].contains(text.string(wordBefore(end, scan)))
  }

  private func endsAfterAbbreviation(
    _ word: String, _ token: Range<Int>, _ follower: Follower, _ scan: Scan
  ) -> Bool {
    let lower = word.lowercased()
    if rules.open.contains(lower) {
      return streets.contains(lower) && isStarter(follower, scan)
    }
    if rules.beforeNumber.contains(lower), follower.kind == .digit { return false }
    if rules.code == "de", follower.kind == .digit, lower.hasSuffix("str") { return false }
    if rules.beforeNumber.contains(lower), isRoman(nextWord(follower, scan)) { return false }
    if rules.beforeNumber.contains(lower), follower.kind == .opener {
      return text.scalar(at: follower.word, limit: scan.range.upperBound)?.kind != .digit
    }
    if rules.closing.contains(lower) {
      switch follower.kind {
      case .digit, .dash, .dashUpper: return false
      case .opener: return text.scalar(at: follower.start) != "("
      case .upper: return isStarter(follower, scan) || !companies.contains(nextWord(follower, scan))
      default: return true
      }
    }
    return true
  }

  func nextWord(_ follower: Follower, _ scan: Scan) -> String {
    text.string(follower.word..<text.wordEnd(from: follower.word, to: scan.range.upperBound))
  }

  /// Whether what follows is a word that sentences begin with.
  func isStarter(_ follower: Follower, _ scan: Scan) -> Bool {
    guard follower.kind == .upper else { return false }
    let end = text.wordEnd(from: follower.word, to: scan.range.upperBound)
    // A letter with a full stop is an initial, even where the letter alone is a word (А. И. Герцен).
    if end < scan.range.upperBound, text.bytes[end] == 0x2E, text.index(after: follower.word) == end
    {
      return false
    }
    return rules.starters.contains(text.string(follower.word..<end).lowercased())
  }

  private func words(in range: Range<Int>) -> Int {
    text.bytes[range].split { $0 <= 0x20 }.count
  }

  /// Whether a sentence so far is only the word of a heading: Chapter 1.
  private func isHeading(_ range: Range<Int>) -> Bool {
    guard range.count < 40 else { return false }
    let word = text.string(text.trimmed(range)).lowercased()
    return rules.headings.contains(word)
  }

  private func isRoman(_ word: String) -> Bool {
    !word.isEmpty && word.utf8.count < 8 && word.utf8.allSatisfy { "IVXLC".utf8.contains($0) }
  }
}

private let timesOfDay: Set<String> = ["a.m", "p.m"]

/// Places whose abbreviation may end a sentence or stand before a noun.
private let states: Set<String> = [
  "u.s", "u.s.a", "u.k", "e.u", "u.n", "u.s.s.r", "d.c", "i.v", "b.c", "a.d", "n.y", "l.a",
]

private let institutions: Set<String> = [
  "Government", "Army", "Navy", "Air", "Marine", "Marines", "Congress", "Senate", "President",
  "Commission", "Department", "Treasury", "Supreme", "Embassy", "Ambassador", "Constitution",
  "Dollar", "Panel", "Parliament", "Council", "Security", "Secretary", "Court", "Open", "State",
  "Attorney", "Postal", "Census", "Capitol", "House", "Coast", "Bank", "Charter", "General",
]

private let companies: Set<String> = ["KG", "Inc", "Ltd", "LLC", "Corp", "Co", "AG", "SA", "Esq"]

/// Abbreviations that stand before a name (Saint) or after it (Street).
private let streets: Set<String> = ["st", "str", "ave", "rd"]
