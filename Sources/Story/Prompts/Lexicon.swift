/// The words of a language that tell where, when and in what weather a scene is, and who is in it.
struct Lexicon: Sendable {
  /// What a word tells.
  enum Kind: Sendable, CaseIterable { case place, time, weather }

  /// What is drawn for a word: an English phrase, which all text encoders know best.
  struct Concept: Sendable, Equatable {
    var kind: Kind
    var phrase: String
  }

  private var concepts: [String: Concept] = [:]
  /// Concepts of two words, by the first and then the second.
  private var pairs: [String: [String: Concept]] = [:]
  /// Nouns of people and animals, with the pronouns that may stand for them.
  private(set) var beings: [String: Set<CastMember.Gender>] = [:]
  /// Pronouns that may be the subject of a sentence.
  private(set) var pronouns: [String: Set<CastMember.Gender>] = [:]
  /// Words before a place where somebody is or comes.
  private(set) var toward: Set<String> = []
  /// Words before a place that is left or only spoken of.
  private(set) var away: Set<String> = []
  private(set) var articles: Set<String> = []
  /// Words without a picture: the first to be dropped.
  private(set) var plain: Set<String> = []
  /// Words that begin a new day.
  private(set) var nextDay: Set<String> = []
  /// Words of sentences that look back.
  private(set) var flashback: Set<String> = []
  /// Words that end the weather: stopped, cleared.
  private(set) var endings: Set<String> = []

  /// The lexicon of a language; English where there is none.
  init(language: String) {
    let code = String(language.prefix { $0 != "-" && $0 != "_" }).lowercased()
    let words = LexiconWords.all[code] ?? .english
    add(words.places, .place)
    add(words.times, .time)
    add(words.weather, .weather)
    for (gender, list) in words.beings {
      for word in Self.list(list) { beings[word, default: []].formUnion(gender) }
    }
    for (word, genders) in words.pronouns { pronouns[word] = genders }
    toward = Set(Self.list(words.toward))
    away = Set(Self.list(words.away))
    articles = Set(Self.list(words.articles))
    nextDay = Set(Self.list(words.nextDay))
    flashback = Set(Self.list(words.flashback))
    endings = Set(Self.list(words.endings))
    let common = (CommonWords.latin + CommonWords.cyrillic).first { $0.code == code }?.words ?? []
    plain = common.union(Self.list(words.plain))
  }

  /// What a word, or it with the word after it, tells.
  func concept(_ word: String, _ next: String?) -> Concept? {
    if let next, let concept = pairs[word]?[next] { return concept }
    return concepts[word]
  }

  private mutating func add(_ lines: String, _ kind: Kind) {
    for line in lines.split(separator: "\n") {
      let parts = line.split(separator: ":")
      guard parts.count == 2 else { continue }
      let phrase = String(parts[0]).trimmed
      for word in parts[1].split(separator: ",") {
        let parts = word.split(separator: " ").map(String.init)
        let concept = Concept(kind: kind, phrase: phrase)
        if parts.count == 2 {
          pairs[parts[0], default: [:]][parts[1]] = concept
        } else if let word = parts.first {
          concepts[word] = concept
        }
      }
    }
  }

  private static func list(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}

/// A language's lexicon as it is written down.
struct LexiconWords: Sendable {
  /// Lines of `phrase: word, word`.
  var places = ""
  var times = ""
  var weather = ""
  var beings: [(Set<CastMember.Gender>, String)] = []
  var pronouns: [String: Set<CastMember.Gender>] = [:]
  var toward = ""
  var away = ""
  var articles = ""
  var nextDay = ""
  var flashback = ""
  var endings = ""
  var plain = ""

  static let all: [String: LexiconWords] = [
    "en": .english, "de": .german, "fr": .french, "es": .spanish,
  ]
}
