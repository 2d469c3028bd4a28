/// A word of a text, as the prompts see it.
struct PromptWord: Sendable, Equatable {
  /// The word as it stands, with the marks that touch it.
  var text: String
  /// Its letters in lower case.
  var key: String
  /// Whether it begins with a capital.
  var isCapital: Bool
  /// Whether it is said by somebody in the story: no news of where the scene is.
  var isQuoted = false
  /// Whether a mark after it ends a clause.
  var endsClause = false

  /// The words of a text.
  static func words(of text: String) -> [PromptWord] {
    var words: [PromptWord] = []
    var depth = 0
    for part in text.split(separator: " ") {
      var key = ""
      var isCapital = false
      let opened = depth > 0
      for scalar in part.unicodeScalars {
        switch scalar {
        case "“", "„", "«", "「", "『": depth += 1
        case "”", "»", "」", "』": depth = max(0, depth - 1)
        case "\"": depth = depth > 0 ? depth - 1 : depth + 1
        default: break
        }
        let isInner = (scalar == "'" || scalar == "’" || scalar == "-") && !key.isEmpty
        guard scalar.kind.isWord || isInner else { continue }
        if key.isEmpty { isCapital = scalar.kind == .upper }
        key.unicodeScalars.append(scalar == "’" ? "'" : scalar)
      }
      while let last = key.last, last == "'" || last == "-" { key.removeLast() }
      let ends = part.unicodeScalars.last.map { !$0.kind.isWord } ?? false
      words.append(
        PromptWord(
          text: String(part), key: key.lowercased(), isCapital: isCapital,
          isQuoted: opened || depth > 0, endsClause: ends))
    }
    return words
  }
}
