/// Puts what characters look like in the place of their names and pronouns.
struct Casting: Sendable {
  let cast: [CastMember]
  let lexicon: Lexicon
  let language: String

  init(cast: [CastMember], lexicon: Lexicon, language: String) {
    self.lexicon = lexicon
    self.language = language
    self.cast = cast.map { member in
      var member = member
      member.gender = member.gender ?? Self.gender(of: member.looks, lexicon)
      return member
    }
  }

  /// The gender that a description tells: a girl in a red coat.
  private static func gender(of looks: String, _ lexicon: Lexicon) -> CastMember.Gender? {
    let english = Lexicon(language: "en")
    for word in PromptWord.words(of: looks) {
      guard let genders = lexicon.beings[word.key] ?? english.beings[word.key] else { continue }
      return genders.count == 1 ? genders.first : nil
    }
    return nil
  }

  /// A piece of a prompt.
  struct Piece: Sendable, Equatable {
    var text: String
    var key: String
    /// Whether it describes a character and must not be dropped.
    var isCast = false
    var endsClause = false
  }

  /// Replaces names and a pronoun, and notes in the scene who was told of.
  func pieces(
    of words: [PromptWord], in scene: inout SceneState, reasons: inout [Reason]
  ) -> [Piece] {
    var pieces: [Piece] = []
    var replaced: Set<String> = []
    var told: [SceneState.Being] = []
    var i = 0
    while i < words.count {
      if let (member, length) = member(at: i, in: words) {
        told.append(being(of: member))
        let last = words[i + length - 1]
        if replaced.insert(member.name).inserted {
          let edges = Self.edges(of: words[i].text, last.text, name: member.name)
          pieces.append(
            Piece(
              text: edges.before + member.looks + edges.after, key: member.name, isCast: true,
              endsClause: last.endsClause))
          reasons.append(Reason(.cast, member.looks, from: member.name))
          i += length
          continue
        }
      } else if let noun = noun(at: i, in: words) {
        told.append(noun)
      }
      pieces.append(Piece(text: words[i].text, key: words[i].key, endsClause: words[i].endsClause))
      i += 1
    }
    if told.isEmpty { replacePronoun(in: &pieces, words, scene, &reasons) }
    for being in told { scene.note(being) }
    return pieces
  }

  private func being(of member: CastMember) -> SceneState.Being {
    let genders = member.gender.map { [$0] as Set } ?? [.feminine, .masculine, .neuter]
    return SceneState.Being(looks: member.looks, name: member.name, genders: genders, isCast: true)
  }

  /// The character whose name begins at a word, the longest name first.
  private func member(at index: Int, in words: [PromptWord]) -> (CastMember, Int)? {
    var best: (CastMember, Int)?
    for member in cast {
      let name = PromptWord.words(of: member.name).map(\.key)
      guard !name.isEmpty, index + name.count <= words.count, name.count > best?.1 ?? 0 else {
        continue
      }
      let found = words[index..<(index + name.count)]
      let isCapital = member.name.first?.isUppercase == false || found.first?.isCapital == true
      guard isCapital else { continue }
      var keys = found.map(\.key)
      keys[keys.count - 1] = withoutGenitive(keys[keys.count - 1], name: name[name.count - 1])
      if keys == name { best = (member, name.count) }
    }
    return best
  }

  private func withoutGenitive(_ key: String, name: String) -> String {
    for ending in ["'s", "'", language.hasPrefix("de") ? "s" : "'s"] where key == name + ending {
      return name
    }
    return key
  }

  /// The marks around a name, and the 's after it.
  private static func edges(
    of first: String, _ last: String, name: String
  ) -> (before: String, after: String) {
    let before = String(String.UnicodeScalarView(first.unicodeScalars.prefix { !$0.kind.isWord }))
    guard let end = name.split(separator: " ").last, let found = last.utf8.firstRange(of: end.utf8)
    else {
      let after = last.unicodeScalars.reversed().prefix { !$0.kind.isWord }
      return (before, String(String.UnicodeScalarView(after.reversed())))
    }
    return (before, String(last[found.upperBound...]))
  }

  /// A person or animal with the words before it: an old fisherman.
  private func noun(at index: Int, in words: [PromptWord]) -> SceneState.Being? {
    let word = words[index]
    guard !word.isQuoted, let genders = lexicon.beings[word.key] else { return nil }
    var start = index
    while start > 0, index - start < 3, !words[start - 1].endsClause {
      if lexicon.articles.contains(words[start - 1].key) {
        let phrase = [words[start - 1].key] + words[start...index].map(\.bare)
        return SceneState.Being(
          looks: phrase.joined(separator: " "), name: word.key, genders: genders, isCast: false)
      }
      if lexicon.plain.contains(words[start - 1].key)
        || lexicon.toward.contains(words[start - 1].key)
      {
        break
      }
      start -= 1
    }
    return SceneState.Being(looks: word.bare, name: word.key, genders: genders, isCast: false)
  }

  /// The first pronoun that is a subject gives way to the one it can only stand for.
  private func replacePronoun(
    in pieces: inout [Piece], _ words: [PromptWord], _ scene: SceneState, _ reasons: inout [Reason]
  ) {
    for index in pieces.indices where !words[index].isQuoted {
      guard let genders = lexicon.pronouns[words[index].key] else { continue }
      // "It was raining": nothing is meant.
      if genders == [.neuter], index + 1 < words.count, Self.idle.contains(words[index + 1].key) {
        continue
      }
      // Sie may be a polite you.
      guard let being = scene.antecedent(of: genders) else { return }
      let edges = Self.edges(of: words[index].text, words[index].text, name: words[index].key)
      let marks = words[index].text.unicodeScalars.reversed().prefix { !$0.kind.isWord }
      let looks = being.isCast ? being.looks : Self.withArticle(being.looks, language)
      pieces[index].text = edges.before + looks + String(String.UnicodeScalarView(marks.reversed()))
      pieces[index].key = being.name
      pieces[index].isCast = true
      reasons.append(Reason(.pronoun, looks, from: "\(words[index].key) = \(being.name)"))
      return
    }
  }

  private static func withArticle(_ looks: String, _ language: String) -> String {
    guard language.hasPrefix("en") else { return looks }
    let words = looks.split(separator: " ")
    let isArticle = words.first.map { ["a", "an", "the", "one"].contains($0) } ?? false
    // His brother is his brother: only a or an gives way to the.
    return isArticle ? "the \(words.dropFirst().joined(separator: " "))" : looks
  }

  private static let idle: Set<String> = [
    "was", "is", "had", "has", "seemed", "seems", "rained", "snowed", "grew", "got", "became",
    "took", "would", "will", "might", "must", "could",
  ]
}
