import CICU

/// What a character is to a sentence, after Unicode's Sentence_Break property (UAX #29).
enum CharacterKind: UInt8, Sendable {
  case other, space, newline, lower, upper
  /// A letter of a script without case.
  case letter
  case digit
  /// The full stop and its like, which may also end an abbreviation.
  case fullStop
  /// A mark that only ends sentences.
  case terminator
  /// A quotation mark or bracket.
  case close
  /// A comma, semicolon, colon or dash.
  case `continue`
  /// A combining mark or format character, which belongs to what it follows.
  case extend

  var isLetter: Bool { self == .lower || self == .upper || self == .letter }
  var isWord: Bool { isLetter || self == .digit || self == .extend }
  var isSpace: Bool { self == .space || self == .newline }
}

extension Unicode.Scalar {
  /// What the character is to a sentence.
  var kind: CharacterKind {
    // ASCII is most of most texts: no table for it.
    switch value {
    case 0x61...0x7A: return .lower
    case 0x20: return .space
    case 0x41...0x5A: return .upper
    case 0x30...0x39: return .digit
    default: break
    }
    return value < 0x3400 ? kinds[Int(value)] : CharacterKind(cicu_class(value))
  }

  /// Whether words of the character's script are written without spaces between them.
  var isUnspaced: Bool {
    switch value {
    case 0..<0x3041: false
    case 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
    default: false
    }
  }

  /// A dash, of any length, that may part speech from its tag.
  var isDash: Bool {
    switch self {
    case "-", "–", "—", "―", "‒", "−", "⸺": true
    default: false
    }
  }
}

extension CharacterKind {
  fileprivate init(_ raw: UInt8) { self = CharacterKind(rawValue: raw) ?? .other }
}

/// The kinds of all characters of the alphabets, looked up once: ICU's own lookup is a trie.
private let kinds: [CharacterKind] = {
  var raw = [UInt8](repeating: 0, count: 0x3400)
  raw.withUnsafeMutableBufferPointer { cicu_classes($0.baseAddress, UInt32($0.count)) }
  return raw.map(CharacterKind.init)
}()
