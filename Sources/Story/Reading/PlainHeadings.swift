/// Tells headings in plain text, where nothing marks them but their looks.
struct PlainHeadings {
  let text: Characters

  private static let longest = 60

  /// The level of the heading that a passage is; nil when it is none.
  func level(of range: Range<Int>, isAlone: Bool) -> Int? {
    let range = text.trimmed(range)
    guard !range.isEmpty, range.count <= Self.longest * 2 else { return nil }
    let line = text.string(range)
    guard line.unicodeScalars.count <= Self.longest, !line.contains("\n") else { return nil }
    if isChapter(line) { return 1 }
    guard let last = line.unicodeScalars.last, let first = line.unicodeScalars.first else {
      return nil
    }
    if first.kind == .close || first.isDash || first == "¡" || first == "¿" { return nil }
    let endsOpen = ".!?…,;:\"”“»«’'。！？」、，—–-।؟".unicodeScalars.contains(last)
    if endsOpen { return nil }
    let letters = line.unicodeScalars.filter(\.kind.isLetter)
    if letters.count > 1, letters.allSatisfy({ $0.kind == .upper }) { return 1 }
    return isAlone && first.kind == .upper && line.split(separator: " ").count <= 9 ? 2 : nil
  }

  /// Chapter One, KAPITEL 3, IV., 第三章, Prologue.
  private func isChapter(_ line: String) -> Bool {
    let words = line.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    guard let first = words.first else { return false }
    if words.count == 1 {
      let isNumber = first.allSatisfy { "ivxlc".contains($0) } && line.first?.isUppercase == true
      if isNumber || first.allSatisfy(\.isNumber) || Self.alone.contains(first) { return true }
    }
    if line.hasPrefix("第"), let end = line.firstIndex(where: { "章回話话部卷幕節节".contains($0) }) {
      return line.distance(from: line.startIndex, to: end) < 8
    }
    guard words.count > 1, Self.words.contains(first) || Self.words.contains(words[1]) else {
      return false
    }
    let number = Self.words.contains(first) ? words[1] : first
    let isNumber = number.contains(where: \.isNumber) || number.allSatisfy { "ivxlc".contains($0) }
    let isLine = line.last.map { !"!?,;”\"»".contains($0) } ?? false
    return isLine && (isNumber || Self.numbers.contains(number))
  }

  /// Whether a heading is only a number: it has nothing to draw.
  func isChapterOnly(_ line: String) -> Bool {
    isChapter(line) && line.split { " .:–—".contains($0) }.count < 3
  }

  /// A heading at the very beginning, above others of its kind or text, may be the title.
  func settle(_ script: inout Script) {
    guard let first = script.passages.first, case .heading = first.kind else { return }
    let line = wording(of: text.bytes[first.range])
    guard script.passages.count > 1, !isChapter(line) else { return }
    script.title = line
  }

  private static let words: Set<String> = Set(
    LanguageWords.all.values.flatMap { $0.headings.split(separator: " ").map(String.init) })

  private static let alone: Set<String> = [
    "prologue", "epilogue", "prolog", "epilog", "prólogo", "epílogo", "prologo", "epilogo",
    "introduction", "einleitung", "vorwort", "preface", "пролог", "эпилог", "序章", "終章", "尾声",
  ]

  private static let numbers: Set<String> = Set(
    """
    one two three four five six seven eight nine ten eleven twelve first second third last
    eins zwei drei vier fünf sechs sieben acht neun zehn erstes zweites drittes erste zweite dritte
    un deux trois quatre cinq six sept huit neuf dix premier première deuxième troisième
    uno dos tres cuatro cinco seis siete ocho nueve diez primero primera segundo segunda tercero
    due tre quattro cinque sei sette otto nove dieci primo prima secondo seconda terzo terza
    um dois três primeiro primeira segunda terceiro первая вторая третья первый второй третий
    pierwszy drugi trzeci první druhá třetí
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
