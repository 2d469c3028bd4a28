/// Fits a prompt into the text encoder's window by dropping the least drawable words first.
struct PromptFitter: Sendable {
  let limit: Int
  let count: @Sendable (String) -> Int
  let lexicon: Lexicon

  /// The sentence without the words that don't fit, and those words; what comes after the
  /// sentence and the characters' looks are never dropped.
  func fit(
    _ pieces: [Casting.Piece], suffix: String
  ) -> (text: String, dropped: [String]) {
    func text(without dropped: Set<Int>) -> String {
      let kept = pieces.indices.filter { !dropped.contains($0) }.map { pieces[$0].text }
      return Prompter.line(kept.joined(separator: " "), suffix)
    }
    let whole = text(without: [])
    if count(whole) <= limit { return (whole, []) }
    let order = dropOrder(pieces)
    // The fewest words whose loss is enough.
    var (low, high) = (1, order.count)
    while low < high {
      let middle = (low + high) / 2
      if count(text(without: Set(order.prefix(middle)))) <= limit {
        high = middle
      } else {
        low = middle + 1
      }
    }
    let dropped = Set(order.prefix(high))
    return (text(without: dropped), dropped.sorted().map { pieces[$0].text })
  }

  /// Words in the order in which they are dropped: small words, then words of speech and manner,
  /// then the rest from the end, the words of the lexicon last.
  private func dropOrder(_ pieces: [Casting.Piece]) -> [Int] {
    pieces.indices.filter { !pieces[$0].isCast }.sorted { a, b in
      let (first, second) = (rank(pieces[a]), rank(pieces[b]))
      return first == second ? a > b : first < second
    }
  }

  private func rank(_ piece: Casting.Piece) -> Int {
    if piece.key.isEmpty || lexicon.plain.contains(piece.key) { return 0 }
    if lexicon.articles.contains(piece.key) || lexicon.pronouns[piece.key] != nil { return 0 }
    if lexicon.beings[piece.key] != nil || lexicon.concept(piece.key, nil) != nil { return 4 }
    if piece.key.hasSuffix("ly") || piece.key.count < 4 { return 1 }
    return 2
  }
}
