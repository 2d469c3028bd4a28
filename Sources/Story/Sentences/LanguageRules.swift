/// What a language adds to the rules of sentences.
struct LanguageRules: Sendable {
  /// The language's code, without region.
  let code: String
  /// Abbreviations that always go on: titles before names, for example.
  private(set) var open: Set<String> = []
  /// Abbreviations that go on before a number.
  private(set) var beforeNumber: Set<String> = []
  /// Abbreviations that may end a sentence: they go on before a small letter or a number.
  private(set) var closing: Set<String> = []
  /// Words that begin a sentence when they have a capital after an abbreviation.
  private(set) var starters: Set<String> = []
  /// Words before a number and a full stop that make a heading: Chapter 1. The Storm
  private(set) var headings: Set<String> = []
  /// Verbs that tell who spoke.
  private(set) var speech: Set<String> = []
  /// Whether a number with a full stop is an ordinal: am 12. Juni
  private(set) var hasOrdinals = false
  /// Armenian.
  var endsAtColon: Bool { code == "hy" }
  /// Greek.
  var endsAtSemicolon: Bool { code == "el" }

  /// The rules of a language; those of all languages where it is not known.
  init(language: String) {
    let code = String(language.prefix { $0 != "-" && $0 != "_" }).lowercased()
    self.code = code == "nb" || code == "nn" ? "no" : code
    add(.shared)
    if let words = LanguageWords.all[self.code] { add(words) }
    // Names keep the titles of their language wherever the story is told.
    if self.code != "en" { open.formUnion(["mr", "mrs", "ms", "messrs", "st", "mt"]) }
  }

  private mutating func add(_ words: LanguageWords) {
    func set(_ text: String) -> Set<String> {
      Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }
    open.formUnion(set(words.open))
    beforeNumber.formUnion(set(words.beforeNumber))
    closing.formUnion(set(words.closing))
    starters.formUnion(set(words.starters))
    headings.formUnion(set(words.headings))
    speech.formUnion(set(words.speech))
    hasOrdinals = hasOrdinals || words.hasOrdinals
  }
}

/// A language's word lists, as they are written down: words with spaces between them.
struct LanguageWords: Sendable {
  var open = ""
  var beforeNumber = ""
  var closing = ""
  var starters = ""
  var headings = ""
  var speech = ""
  var hasOrdinals = false

  /// The word lists by language code.
  static let all: [String: LanguageWords] = [
    "en": .english, "de": .german, "fr": .french, "es": .spanish, "it": .italian,
    "pt": .portuguese, "nl": .dutch, "da": .danish, "no": .danish, "sv": .swedish,
    "pl": .polish, "cs": .czech, "sk": .slovak, "ru": .russian, "uk": .ukrainian, "bg": .bulgarian,
    "kk": .kazakh, "hu": .hungarian, "fi": .finnish, "tr": .turkish, "ro": .romanian, "el": .greek,
    "hr": .croatian, "sl": .croatian, "sr": .serbian, "ar": .arabic, "he": .hebrew, "hi": .hindi,
    "ja": .japanese, "zh": .chinese,
    "ko": .korean,
  ]
}

extension LanguageRules {
  /// Whether a word in small letters is one of the known abbreviations.
  func isAbbreviation(_ word: String) -> Bool {
    open.contains(word) || closing.contains(word) || beforeNumber.contains(word)
  }
}
