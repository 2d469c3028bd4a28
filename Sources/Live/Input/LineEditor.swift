/// Edits one line from a terminal's bytes: letters, arrows, Home, End, Backspace, Delete, history,
/// and the keys of Emacs that terminals have had ever since.
public struct LineEditor: Sendable {
  /// What a key did.
  public enum Change: Equatable, Sendable {
    /// The line is now this.
    case edited(String)
    /// Only the cursor moved.
    case moved
    /// The line is finished.
    case entered
    /// There will be no more.
    case ended
  }

  private var decoder = TextDecoder()
  private var escape = ""
  private var characters: [Character] = []
  private var history: [String] = []
  private var place = 0
  /// Where the cursor is, in characters.
  public private(set) var cursor = 0

  /// An empty line.
  public init() {}

  /// The line.
  public var text: String { String(characters) }

  /// Takes what the terminal sent and says what it did, key by key.
  public mutating func feed(_ bytes: [UInt8]) -> [Change] {
    decoder.text(of: bytes).unicodeScalars.compactMap { take($0) }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Change? {
    if !escape.isEmpty { return takeEscaped(scalar) }
    switch scalar {
    case "\u{1B}":
      escape = "\u{1B}"
      return nil
    case "\r", "\n": return enter()
    case "\u{4}": return characters.isEmpty ? .ended : delete(cursor..<cursor + 1)
    case "\u{7F}", "\u{8}": return delete(cursor - 1..<cursor)
    case "\u{1}": return move(to: 0)
    case "\u{5}": return move(to: characters.count)
    case "\u{2}": return move(to: cursor - 1)
    case "\u{6}": return move(to: cursor + 1)
    case "\u{10}": return recall(place - 1)
    case "\u{E}": return recall(place + 1)
    case "\u{B}": return delete(cursor..<characters.count)
    case "\u{15}": return delete(0..<cursor)
    case "\u{17}": return delete(wordStart..<cursor)
    default: return scalar.value < 0x20 ? nil : insert(scalar)
    }
  }

  private mutating func takeEscaped(_ scalar: Unicode.Scalar) -> Change? {
    if escape.hasPrefix("\u{1B}_") { return takeLateAnswer(scalar) }
    // Parameters are digits and semicolons; the first other character ends the sequence.
    let isStart = escape.unicodeScalars.count == 1
    if isStart, scalar == "_" {
      escape = "\u{1B}_"
      return nil
    }
    let goesOn = isStart ? scalar == "[" || scalar == "O" : scalar.value < 0x40
    if escape.unicodeScalars.count < 16 || !goesOn { escape.unicodeScalars.append(scalar) }
    if goesOn { return nil }
    defer { escape = "" }
    switch escape.dropFirst(2) {
    case "D": return move(to: cursor - 1)
    case "C": return move(to: cursor + 1)
    case "A": return recall(place - 1)
    case "B": return recall(place + 1)
    case "H", "1~", "7~": return move(to: 0)
    case "F", "4~", "8~": return move(to: characters.count)
    case "3~": return delete(cursor..<cursor + 1)
    default: return nil
    }
  }

  /// Terminals answer questions about pictures by strings from `ESC _ G` to `ESC \`, which may come
  /// when nobody waits any more. Anything else behind `ESC _` was a key.
  private mutating func takeLateAnswer(_ scalar: Unicode.Scalar) -> Change? {
    if escape.unicodeScalars.count == 2, scalar != "G" {
      escape = ""
      return take(scalar)
    }
    escape.unicodeScalars.append(scalar)
    if escape.unicodeScalars.count > 64 || escape.hasSuffix("\u{1B}\\") { escape = "" }
    return nil
  }

  private mutating func insert(_ scalar: Unicode.Scalar) -> Change {
    // A scalar may join the character before it, as accents and emoji's parts do.
    let before = String(characters[..<cursor]) + String(Character(scalar))
    let rest = characters[cursor...]
    characters = Array(before)
    cursor = characters.count
    characters += rest
    return .edited(text)
  }

  private mutating func delete(_ range: Range<Int>) -> Change? {
    let range = range.clamped(to: 0..<characters.count)
    guard !range.isEmpty else { return nil }
    characters.removeSubrange(range)
    cursor = range.lowerBound
    return .edited(text)
  }

  private mutating func move(to position: Int) -> Change? {
    guard (0...characters.count).contains(position), position != cursor else { return nil }
    cursor = position
    return .moved
  }

  private mutating func enter() -> Change {
    if !text.trimmed.isEmpty { history.append(text) }
    place = history.count
    characters = []
    cursor = 0
    return .entered
  }

  private mutating func recall(_ index: Int) -> Change? {
    guard (0...history.count).contains(index), index != place else { return nil }
    place = index
    characters = Array(index < history.count ? history[index] : "")
    cursor = characters.count
    return .edited(text)
  }

  private var wordStart: Int {
    var start = cursor
    while start > 0, characters[start - 1].isWhitespace { start -= 1 }
    while start > 0, !characters[start - 1].isWhitespace { start -= 1 }
    return start
  }
}
