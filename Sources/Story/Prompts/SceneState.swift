/// What is known of a scene from what was told so far.
struct SceneState: Sendable {
  /// A phrase and the words that it was read from.
  struct Fact: Sendable, Equatable {
    var phrase: String
    var source: String
  }

  /// Somebody who may be meant by a pronoun.
  struct Being: Sendable, Equatable {
    /// What is drawn: a cast member's looks, or the noun with its words: an old fisherman.
    var looks: String
    /// How the story calls it.
    var name: String
    var genders: Set<CastMember.Gender>
    /// Whether the looks come from the cast and must not be dropped.
    var isCast: Bool
  }

  var place: Fact?
  var time: Fact?
  var weather: Fact?
  /// Who was told of in this scene, the latest last.
  private(set) var beings: [Being] = []

  /// Notes that somebody was told of.
  mutating func note(_ being: Being) {
    var being = being
    if let known = beings.firstIndex(where: { $0.name == being.name }) {
      // "The fox" is still the small red fox.
      let earlier = beings.remove(at: known)
      if earlier.looks.count > being.looks.count { being.looks = earlier.looks }
    }
    beings.append(being)
    if beings.count > 12 { beings.removeFirst() }
  }

  /// Who a pronoun stands for; nil where it could be more than one.
  func antecedent(of genders: Set<CastMember.Gender>) -> Being? {
    let fitting = beings.filter { !$0.genders.isDisjoint(with: genders) }
    if fitting.count < 2 { return fitting.first }
    // One whose pronoun is certain goes before those that only might be meant.
    let certain = fitting.filter { $0.genders.isSubset(of: genders) }
    return certain.count == 1 ? certain.first : nil
  }

  /// Reads a sentence's place, time and weather; returns the kinds that it tells itself.
  mutating func read(
    _ words: [PromptWord], _ sentence: String, with lexicon: Lexicon
  ) -> Set<Lexicon.Kind> {
    var told: Set<Lexicon.Kind> = []
    for (index, word) in words.enumerated() where !word.isQuoted {
      let next = index + 1 < words.count && !word.endsClause ? words[index + 1].key : nil
      guard let concept = lexicon.concept(word.key, next) else { continue }
      // What had been is not what is seen now.
      if words[..<index].suffix(12).contains(where: { lexicon.flashback.contains($0.key) }) {
        continue
      }
      let fact = Fact(phrase: concept.phrase, source: source(of: sentence))
      switch concept.kind {
      case .place:
        told.insert(.place)
        switch Self.use(of: index, in: words, lexicon) {
        case .here: if place == nil || !Self.minor.contains(fact.phrase) { place = fact }
        case .unclear: if place == nil { place = fact }
        case .elsewhere: told.remove(.place)
        }
      case .time:
        told.insert(.time)
        if words[..<index].suffix(2).contains(where: { lexicon.nextDay.contains($0.key) }) {
          weather = nil
        }
        time = fact
      case .weather:
        if words[index...].prefix(4).dropFirst().contains(where: {
          lexicon.endings.contains($0.key)
        }) {
          weather = nil
        } else {
          weather = fact
        }
        told.insert(.weather)
      }
    }
    return told
  }

  private func source(of sentence: String) -> String {
    guard sentence.count > 48 else { return sentence }
    return sentence.prefix(47).trimmingSuffix() + "…"
  }

  /// Places inside others: a path leads through a forest, which stays what is drawn.
  private static let minor: Set<String> = ["road", "sky"]

  private enum Use { case here, elsewhere, unclear }

  /// Whether a place is where the scene is, by the words before it: into the dark forest.
  private static func use(of index: Int, in words: [PromptWord], _ lexicon: Lexicon) -> Use {
    var i = index - 1
    var hasArticle = false
    while i >= 0, index - i <= 4, !words[i].endsClause {
      let key = words[i].key
      if lexicon.toward.contains(key) { return .here }
      if lexicon.away.contains(key) { return .elsewhere }
      if lexicon.articles.contains(key) { hasArticle = true }
      i -= 1
    }
    // "The forest was dark": a sentence that begins with a place is there.
    return i < 0 && hasArticle && index < 4 ? .here : .unclear
  }
}

extension Substring {
  fileprivate func trimmingSuffix() -> Substring {
    var text = self
    while let last = text.last, last.isWhitespace || last == "," { text.removeLast() }
    return text
  }
}
