/// Tells the language of a text from its script and its most common words.
enum LanguageDetector {
  /// The language's code; English where nothing tells.
  static func language(of bytes: [UInt8]) -> String {
    let sample = Characters(bytes: sample(of: bytes))
    let scripts = ScriptCount(sample)
    switch scripts.main {
    case .latin: return best(of: CommonWords.latin, in: sample) ?? "en"
    case .cyrillic: return cyrillic(sample)
    case .arabic: return arabic(sample)
    case .han: return scripts.kana * 20 > scripts.han ? "ja" : "zh"
    case .kana: return "ja"
    case .devanagari: return best(of: CommonWords.devanagari, in: sample) ?? "hi"
    case .other(let code): return code
    case .none: return "en"
    }
  }

  /// At most 24 kB: the beginning, where titles and names may mislead, and the middle.
  private static func sample(of bytes: [UInt8]) -> [UInt8] {
    guard bytes.count > 24_000 else { return bytes }
    func cut(_ from: Int) -> ArraySlice<UInt8> {
      var start = from
      while start < bytes.count, bytes[start] & 0xC0 == 0x80 { start += 1 }
      var end = from + 12_000
      while bytes[end] & 0xC0 == 0x80 { end -= 1 }
      return bytes[start..<end]
    }
    return Array(cut(0)) + [0x20] + Array(cut(bytes.count / 2 - 1))
  }

  private static func cyrillic(_ text: Characters) -> String {
    let letters = Set(text.string(0..<text.bytes.count).lowercased().unicodeScalars)
    if !letters.isDisjoint(with: "әғқңөұү".unicodeScalars) { return "kk" }
    if !letters.isDisjoint(with: "їєґ".unicodeScalars) { return "uk" }
    if !letters.isDisjoint(with: "ў".unicodeScalars) { return "be" }
    if !letters.isDisjoint(with: "ђћџљњј".unicodeScalars) { return "sr" }
    return best(of: CommonWords.cyrillic, in: text) ?? "ru"
  }

  private static func arabic(_ text: Characters) -> String {
    let letters = Set(text.string(0..<text.bytes.count).unicodeScalars)
    if !letters.isDisjoint(with: "ٹڈڑںے".unicodeScalars) { return "ur" }
    if !letters.isDisjoint(with: "پچژگ".unicodeScalars) || letters.contains("ی") { return "fa" }
    return "ar"
  }

  /// The language whose common words and letters are the largest part of the text.
  private static func best(of languages: [CommonWords], in text: Characters) -> String? {
    var counts: [String: Int] = [:]
    var i = 0
    while i < text.bytes.count {
      let end = text.wordEnd(from: i, to: text.bytes.count)
      if end > i {
        counts[text.string(i..<end).lowercased(), default: 0] += 1
        i = end
      } else {
        i = text.index(after: i)
      }
    }
    var best: (code: String, score: Int)?
    for language in languages {
      var score = language.words.reduce(0) { $0 + (counts[$1] ?? 0) * 2 }
      for (word, count) in counts
      where word.unicodeScalars.contains(where: language.letters.contains) {
        score += count
      }
      if score > best?.score ?? 0 { best = (language.code, score) }
    }
    return best?.code
  }
}
