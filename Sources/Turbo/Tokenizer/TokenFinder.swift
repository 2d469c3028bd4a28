/// Finds whole tokens in a text from left to right. Where one begins another, the longer one wins.
struct TokenFinder: Sendable {
  private struct Pattern: Sendable {
    let id: Int32
    let scalars: [Unicode.Scalar]
    let isSingleWord: Bool
  }
  private let patterns: [Pattern]

  /// Tokens with their ids, to be found in normalized text if they are normalized.
  init(_ tokens: [(token: AddedToken, id: Int32)]) {
    patterns = tokens.map { token, id in
      Pattern(
        id: id,
        scalars: token.isNormalized
          ? PromptNormalizer.normalize(token.content) : Array(token.content.unicodeScalars),
        isSingleWord: token.isSingleWord)
    }
    .sorted { ($1.scalars.count, $0.id) < ($0.scalars.count, $1.id) }
  }

  /// Appends the ids of the tokens in the text; `body` appends those of what lies between.
  func split(
    _ text: ArraySlice<Unicode.Scalar>, into tokens: inout [Int32],
    body: (ArraySlice<Unicode.Scalar>, inout [Int32]) -> Void
  ) {
    var start = text.startIndex
    var position = start
    while position < text.endIndex {
      guard let pattern = patterns.first(where: { text[position...].starts(with: $0.scalars) })
      else {
        position += 1
        continue
      }
      let end = position + pattern.scalars.count
      if !pattern.isSingleWord || Self.isWhole(position..<end, of: text) {
        if start < position { body(text[start..<position], &tokens) }
        tokens.append(pattern.id)
        start = end
      }
      position = end
    }
    if start < text.endIndex { body(text[start...], &tokens) }
  }

  /// Whether neither neighbour belongs to the same word.
  private static func isWhole(_ range: Range<Int>, of text: ArraySlice<Unicode.Scalar>) -> Bool {
    let before = range.lowerBound > text.startIndex ? text[range.lowerBound - 1] : nil
    let after = range.upperBound < text.endIndex ? text[range.upperBound] : nil
    return ![before, after].contains { $0?.isOfWord == true }
  }
}

extension Unicode.Scalar {
  /// Whether it is `\w` to a regular expression (UTS 18, annex C).
  fileprivate var isOfWord: Bool {
    if properties.isAlphabetic || properties.isJoinControl { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
      return true
    default: return false
    }
  }
}
