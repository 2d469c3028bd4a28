/// What follows the end of a possible sentence.
struct Follower {
  var kind: Kind
  /// Whether white space comes before it.
  var hasGap: Bool
  /// Where it begins.
  var start: Int
  /// Where its first letter or digit is, behind opening marks and dashes; `start` where there is none.
  var word: Int

  enum Kind {
    case end, lower, upper
    /// A letter of a script without case.
    case letter
    case digit
    /// An opening quotation mark or bracket, ¿ or ¡, a bullet, an ellipsis before a word.
    case opener
    /// A dash, by what comes after it.
    case dashLower, dashUpper, dash
    /// A comma, semicolon or closing mark: the sentence goes on.
    case joining
    case other
  }

  /// What follows an offset.
  init(after end: Int, limit: Int, in text: Characters) {
    start = text.skippingSpace(from: end, to: limit)
    hasGap = start > end
    word = start
    kind = .end
    guard start < limit else { return }
    let scalar = text.scalar(at: start)
    kind = Self.kind(of: scalar)
    // ” and » open quotations too, in Swedish and in Danish or German.
    if kind == .joining, hasGap, scalar == "”" || scalar == "’",
      let next = text.scalar(at: text.index(after: start), limit: limit), next.kind.isLetter
    {
      kind = .opener
    }
    if kind == .dash {
      skipMarks(to: limit, in: text)
      if word < limit {
        let inner = text.scalar(at: word).kind
        kind = inner == .lower ? .dashLower : inner == .digit ? .dash : .dashUpper
      }
    } else if kind == .opener {
      skipMarks(to: limit, in: text)
    } else if scalar == "…" || scalar == "." {
      // ...and then: dots before a word open a sentence; dots on their own don't.
      skipMarks(to: limit, in: text)
      let inner = word < limit ? text.scalar(at: word).kind : .other
      let touches = inner.isWord && !text.scalar(at: text.index(before: word)).kind.isSpace
      kind = touches || inner == .upper ? .opener : .joining
    }
  }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    if scalar.isDash { return .dash }
    switch scalar {
    case ",", ";", ":", "،", "，", "、", "；", "：", ")", "]", "}", "”", "’", "」", "』", "）", "》":
      return .joining
    case "\"", "'", "“", "‘", "„", "‚", "«", "»", "‹", "(", "[", "{", "¿", "¡", "_", "*",
      "「", "『", "（", "《", "【", "•", "⁃", "‣", "▪", "●", "◦", "#", "№", "♪":
      return .opener
    default: break
    }
    switch scalar.kind {
    case .lower: return .lower
    case .upper: return .upper
    case .letter: return .letter
    case .digit: return .digit
    default: return .other
    }
  }

  private mutating func skipMarks(to limit: Int, in text: Characters) {
    while word < limit, !text.scalar(at: word).kind.isWord {
      // Marks are few; whatever goes on longer is a rule or an ornament.
      if word - start > 24 { return }
      word = text.index(after: word)
    }
  }
}
