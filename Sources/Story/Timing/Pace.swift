/// How fast a narrator speaks, and how long the pauses are.
///
/// Audiobooks run at 155 words a minute with pauses. Speaking at 173 and pausing for 0.6 s after
/// a sentence, 1.1 s after a paragraph and 2 to 2.5 s after a heading or scene comes to that.
/// Other languages follow their reading rates (IReST, Trauzettel-Klosinski & Dietz 2012).
struct Pace: Sendable {
  /// Words a minute at which a language is told, pauses not counted.
  let wordsPerMinute: Double
  /// How much faster than the language's own pace: above 1 is faster.
  let speed: Double
  private let microsecondsPerSyllable: Double

  init(language: String, wordsPerMinute: Double?) {
    let code = String(language.prefix { $0 != "-" && $0 != "_" }).lowercased()
    let own = Self.rates[code] ?? Rate(words: 145, syllables: 4.5)
    self.wordsPerMinute = wordsPerMinute ?? own.words
    speed = self.wordsPerMinute / own.words
    microsecondsPerSyllable = 1_000_000 / (own.syllables * speed)
  }

  /// The time that hundredths of a syllable take.
  func time(ofSyllables hundredths: Int) -> Int {
    Int((Double(hundredths) / 100 * microsecondsPerSyllable).rounded())
  }

  /// The length of a pause.
  func time(of pause: Pause) -> Int {
    Int((Double(pause.rawValue) * 1000 / speed).rounded())
  }

  private struct Rate {
    var words: Double
    /// Syllables a second.
    var syllables: Double
  }

  private static let rates: [String: Rate] = [
    "en": Rate(words: 173, syllables: 4.2), "de": Rate(words: 136, syllables: 4.1),
    "fr": Rate(words: 148, syllables: 4.4), "es": Rate(words: 165, syllables: 5.2),
    "it": Rate(words: 143, syllables: 4.9), "pt": Rate(words: 137, syllables: 4.7),
    "nl": Rate(words: 153, syllables: 4.2), "sv": Rate(words: 151, syllables: 4.3),
    "da": Rate(words: 150, syllables: 4.3), "no": Rate(words: 150, syllables: 4.3),
    "fi": Rate(words: 122, syllables: 5.0), "pl": Rate(words: 126, syllables: 4.4),
    "cs": Rate(words: 130, syllables: 4.6), "sk": Rate(words: 130, syllables: 4.6),
    "ru": Rate(words: 140, syllables: 5.0), "uk": Rate(words: 138, syllables: 5.0),
    "tr": Rate(words: 126, syllables: 5.0), "hu": Rate(words: 126, syllables: 4.8),
    // Characters count 1.6 syllables: right for Japanese readings, made up for in the Chinese rate.
    "zh": Rate(words: 120, syllables: 5.4), "ja": Rate(words: 146, syllables: 6.2),
    "ko": Rate(words: 110, syllables: 4.9), "ar": Rate(words: 105, syllables: 4.0),
    "he": Rate(words: 142, syllables: 4.2), "hi": Rate(words: 140, syllables: 4.6),
  ]
}

/// The narrator's pauses, in milliseconds.
enum Pause: Int, Sendable {
  case none = 0
  case comma = 150
  /// Where a long sentence was split.
  case clause = 200
  /// A semicolon, a colon or a dash.
  case colon = 300
  case verse = 350
  /// A sentence that ends inside a quotation.
  case inner = 450
  case sentence = 600
  case paragraph = 1100
  case stanza = 1200
  case heading = 2000
  case scene = 2500
}
