/// A stretch of text with the times at which its words are said.
struct SpokenText {
  /// A place where the text could be split, before a word.
  struct Word {
    /// Where the word begins.
    var offset: Int
    /// What was said before it, in microseconds.
    var time: Int
    /// How well the text can be split before the word, from 0 (not at all) to 1.
    var fitness: Double
  }

  private(set) var words: [Word] = []
  /// How long the whole takes, without a pause after it.
  private(set) var duration = 0

  /// Times a range of a text.
  init(_ range: Range<Int>, in text: Characters, pace: Pace, syllables: Syllables) {
    var pending = Pause.none
    var fitness = 0.0
    var isAfterSpace = false
    var i = range.lowerBound
    while i < range.upperBound {
      let scalar = text.scalar(at: i)
      if scalar.kind.isWord {
        let end = Self.wordEnd(from: i, to: range.upperBound, text)
        if duration > 0 { duration += pace.time(of: pending) }
        let own = isAfterSpace ? max(fitness, Self.fitness(ofWord: i..<end, text)) : fitness
        words.append(Word(offset: i, time: duration, fitness: words.isEmpty ? 0 : own))
        duration += pace.time(ofSyllables: syllables.count(i..<end, in: text))
        (pending, fitness, isAfterSpace) = (.none, scalar.isUnspaced ? 0.02 : 0, false)
        i = end
        continue
      }
      if scalar.kind.isSpace {
        isAfterSpace = true
        fitness = max(fitness, 0.05)
      } else {
        let (pause, value) = Self.mark(scalar)
        if pause.rawValue > pending.rawValue { pending = pause }
        fitness = max(fitness, value)
      }
      i = text.index(after: i)
    }
    pullOpeningMarks(in: text, from: range.lowerBound)
  }

  /// The end of a word; a character is one where words have no spaces between them.
  private static func wordEnd(from i: Int, to limit: Int, _ text: Characters) -> Int {
    if text.scalar(at: i).isUnspaced { return text.index(after: i) }
    var i = i
    while i < limit {
      let scalar = text.scalar(at: i)
      if scalar.isUnspaced { return i }
      if !scalar.kind.isWord {
        let next = text.index(after: i)
        guard scalar == "'" || scalar == "’", next < limit, text.scalar(at: next).kind.isLetter
        else { return i }
      }
      i = text.index(after: i)
    }
    return i
  }

  /// The pause that a mark makes, and how well a text is split after it.
  private static func mark(_ scalar: Unicode.Scalar) -> (Pause, Double) {
    switch scalar {
    case ",", "،": (.comma, 0.5)
    case "，": (.comma, 0.6)
    case "、": (.comma, 0.3)
    case ";", ":", "；", "：", "؛": (.colon, 0.8)
    case "–", "—", "―": (.colon, 0.6)
    case ".", "!", "?", "…": (.inner, 1)
    case ")", "]", "）": (.comma, 0.3)
    default: scalar.kind == .terminator || scalar.kind == .fullStop ? (.inner, 1) : (.none, 0)
    }
  }

  private static func fitness(ofWord word: Range<Int>, _ text: Characters) -> Double {
    guard word.count < 16 else { return 0 }
    return conjunctions.contains(text.string(word).lowercased()) ? 0.35 : 0
  }

  /// A quotation mark or bracket that opens goes with the word after it.
  private mutating func pullOpeningMarks(in text: Characters, from start: Int) {
    for index in words.indices.dropFirst() {
      var offset = words[index].offset
      while offset > start {
        let before = text.index(before: offset)
        let scalar = text.scalar(at: before)
        let opens = "“‘„‚«‹([{「『（《\"'¿¡_*".unicodeScalars.contains(scalar)
        guard opens, before > start,
          scalar.value > 0x2FFF || text.scalar(at: text.index(before: before)).kind.isSpace
        else { break }
        offset = before
      }
      words[index].offset = offset
    }
  }
}

/// Words that begin a clause.
private let conjunctions: Set<String> = [
  "and", "but", "or", "so", "because", "when", "while", "until", "where", "who", "which", "that",
  "as", "after", "before", "though", "although", "if", "then", "und", "aber", "oder", "denn",
  "weil",
  "als", "während", "bis", "wo", "dass", "nachdem", "bevor", "obwohl", "wenn", "et", "mais", "ou",
  "parce", "quand", "pendant", "où", "qui", "que", "y", "pero", "porque", "cuando", "mientras",
  "donde", "quien", "e", "ma", "perché", "quando", "mentre", "dove", "che", "mas", "enquanto",
  "onde", "en", "maar", "want", "toen", "terwijl", "i", "a", "ale", "gdy", "kiedy", "и", "но",
  "когда", "пока", "где", "который",
]
