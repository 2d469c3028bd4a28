/// Splits normalized text into words, exactly as this pattern finds them:
///
///     <\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+
///
/// (OpenAI, CLIP, `simple_tokenizer.py`.) A marker found by the first two is split again where its
/// letters begin and end, because the byte-level step of transformers' tokenizer does so.
struct WordSplitter: Sequence, IteratorProtocol {
  private enum Kind {
    case letter, number, space, other

    init(_ scalar: Unicode.Scalar) {
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
        self = .letter
      case .decimalNumber, .letterNumber, .otherNumber:
        self = .number
      default:
        self = scalar.properties.isWhitespace ? .space : .other
      }
    }
  }

  private static let markers = ["<|startoftext|>", "<|endoftext|>"].map { Array($0.unicodeScalars) }
  private static let contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"].map {
    Array($0.unicodeScalars)
  }

  private let text: [Unicode.Scalar]
  private var position = 0
  /// Where the marker ends that is being taken apart.
  private var markerEnd = 0

  init(_ text: [Unicode.Scalar]) {
    self.text = text
  }

  mutating func next() -> ArraySlice<Unicode.Scalar>? {
    while position < text.count {
      let kind = Kind(text[position])
      if kind == .space {
        position += 1
      } else {
        return take(kind)
      }
    }
    return nil
  }

  private mutating func take(_ kind: Kind) -> ArraySlice<Unicode.Scalar> {
    let start = position
    if position >= markerEnd, text[start] == "<",
      let marker = Self.markers.first(where: { text[start...].starts(with: $0) })
    {
      markerEnd = start + marker.count
    }
    let limit = position < markerEnd ? markerEnd : text.count
    if text[start] == "'",
      let contraction = Self.contractions.first(where: { text[start...].starts(with: $0) })
    {
      position += contraction.count
    } else {
      position += 1
      while kind != .number, position < limit, Kind(text[position]) == kind { position += 1 }
    }
    return text[start..<position]
  }
}
