/// A run of marks that can end a sentence: one full stop, ?!, an ellipsis.
struct Stop {
  /// Where the marks begin.
  var start: Int
  /// Where they end, closing marks after them included.
  var end: Int
  var kind: Kind

  enum Kind {
    case fullStop, exclamation, ellipsis
    /// A mark that ends a sentence without white space after it: 。！？ । ؟
    case wide
  }

  /// The run that begins at an offset; nil when the marks there are part of a word.
  init?(at start: Int, limit: Int, in text: Characters, rules: LanguageRules) {
    self.start = start
    kind = .fullStop
    end = start
    let before = start > 0 ? text.scalar(at: text.index(before: start)) : " "
    var dots = 0
    marks: while end < limit {
      let scalar = text.scalar(at: end)
      switch scalar {
      case ".": dots += 1
      case "…": dots += 3
      case "!", "?": kind = .exclamation
      case ":" where rules.endsAtColon: kind = .exclamation
      case ";" where rules.endsAtSemicolon: kind = .exclamation
      default:
        guard scalar.kind == .terminator || scalar.kind == .fullStop else { break marks }
        kind = .wide
      }
      end = text.index(after: end)
      guard dots == 1, kind == .fullStop,
        let spaced = Self.spacedDots(from: end, limit: limit, text)
      else { continue }
      // A full stop on a word and then . . . is the end of the sentence and an omission.
      let follower = Follower(after: spaced.end, limit: limit, in: text)
      if before.kind.isWord, spaced.count >= 3, follower.kind == .upper { break }
      (end, dots) = (spaced.end, dots + spaced.count)
    }
    if dots > 1, kind == .fullStop { kind = .ellipsis }
    if kind != .wide, before.kind.isSpace || start == 0,
      let next = text.scalar(at: end, limit: limit), next.kind.isWord
    {
      // .jpeg, !Kung, ...and: the marks open a word.
      return nil
    }
    absorbClosingMarks(limit: limit, in: text)
  }

  /// ` . . .` after a first dot.
  private static func spacedDots(
    from i: Int, limit: Int, _ text: Characters
  ) -> (end: Int, count: Int)? {
    var (end, count) = (i, 0)
    while end + 1 < limit, text.bytes[end] == 0x20, text.bytes[end + 1] == 0x2E {
      let after = end + 2
      guard after == limit || text.bytes[after] <= 0x20 || count > 0 || text.bytes[after] == 0x22
      else { break }
      (end, count) = (after, count + 1)
    }
    return count > 1 ? (end, count) : nil
  }

  /// Closing marks whose opening mark is not here belong to the sentence before them.
  private mutating func absorbClosingMarks(limit: Int, in text: Characters) {
    while end < limit {
      let scalar = text.scalar(at: end)
      switch scalar {
      case "\"", "'", "*", "_":
        let next = text.scalar(at: end + 1, limit: limit)
        guard next.map({ !$0.kind.isWord }) ?? true else { return }
      case "”", "’", ")", "]", "}", "»", "›", "」", "』", "）", "】", "》", "“":
        let next = text.scalar(at: text.index(after: end), limit: limit)
        if scalar == "“" || scalar == "»", next.map({ $0.kind.isWord }) ?? false { return }
      case " ", "\u{A0}", "\u{202F}":
        // French sets a space before its closing mark.
        let next = text.index(after: end)
        guard text.scalar(at: next, limit: limit) == "»" else { return }
        let after = text.index(after: next)
        if let follower = text.scalar(at: after, limit: limit), follower.kind.isWord { return }
      default: return
      }
      end = text.index(after: end)
    }
  }
}
