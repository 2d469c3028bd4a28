/// Counts the syllables of words, well enough to tell how long they take to say.
struct Syllables: Sendable {
  let language: String

  /// Syllables of the word in a range, in hundredths: parts of one stand for letters of scripts
  /// that don't write their vowels.
  func count(_ word: Range<Int>, in text: Characters) -> Int {
    var syllables = 0
    var vowels = 0
    var letters = 0
    var capitals = 0
    var wasVowel = false
    var last: Unicode.Scalar = " "
    var i = word.lowerBound
    while i < word.upperBound {
      let scalar = text.scalar(at: i)
      i = text.index(after: i)
      if let own = Self.ownLength(scalar) {
        syllables += own
        wasVowel = false
        continue
      }
      let kind = scalar.kind
      if kind.isLetter {
        letters += 1
        if kind == .upper { capitals += 1 }
        let isVowel = Self.isVowel(scalar)
        if isVowel && !wasVowel { vowels += 1 }
        wasVowel = isVowel
        last = scalar
      } else if kind == .digit {
        syllables += 140
      }
    }
    guard letters > 0 else { return syllables }
    // BBC is spelt.
    if capitals == letters, letters > 1, letters < 6, vowels == 0 {
      return syllables + letters * 100
    }
    if language == "en", vowels > 1, last == "e" || last == "E" { vowels -= 1 }
    return syllables + max(1, vowels) * 100
  }

  /// Characters that are syllables, or parts of them, each by itself.
  private static func ownLength(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    // Small ya, yu, yo go with the sound before them.
    case 0x3083, 0x3085, 0x3087, 0x30E3, 0x30E5, 0x30E7: 0
    case 0x3041...0x30FF: 100
    case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: 160
    case 0xAC00...0xD7AF: 100
    case 0x590...0x6FF: 45
    case 0x900...0xDFF, 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF: 50
    case 0x1200...0x137F: 90
    default: nil
    }
  }

  private static func isVowel(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a", "e", "i", "o", "u", "y", "A", "E", "I", "O", "U", "Y": true
    case "а", "е", "ё", "и", "о", "у", "ы", "э", "ю", "я", "і", "ї", "є", "А", "Е", "Ё", "И", "О",
      "У", "Ы", "Э", "Ю",
      "Я", "І", "Ї", "Є":
      true
    case "α", "ε", "η", "ι", "ο", "υ", "ω", "ά", "έ", "ή", "ί", "ό", "ύ", "ώ": true
    default:
      scalar.value >= 0xC0 && scalar.value < 0x250
        && !"ÇçÐðÑñÝýÞþßŁłŃńŚśŹźŻżĆćČčĎďŘřŠšŤťŽžŇňĞğŞşȘșȚțŢţĹĺĽľŔŕĐđ".unicodeScalars.contains(
          scalar)
    }
  }
}
