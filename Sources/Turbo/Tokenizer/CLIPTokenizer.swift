/// CLIP's tokenizer, token for token as transformers' `CLIPTokenizer`: special tokens are found
/// first, the text between them is normalized, split into words and encoded as byte pairs.
///
/// Every text encodes; a byte that the vocabulary lacks becomes the unknown token, never nothing.
public struct CLIPTokenizer: Sendable {
  /// Tokens of an encoded text, with start, end and padding.
  public let maximumLength: Int
  /// Begins every encoded text.
  public let startToken: Int32
  /// Ends every encoded text.
  public let endToken: Int32
  /// Fills the rest. SDXL's second tokenizer has `!` here, its first the end token.
  public let paddingToken: Int32

  private struct Special: Sendable {
    let id: Int32
    let scalars: [Unicode.Scalar]
    let isNormalized: Bool
  }
  private let specials: [Special]
  private let encoder: BytePairEncoder

  /// Reads a tokenizer's folder of a model (`tokenizer`, `tokenizer_2`).
  public init(files: ModelFiles, component: String) throws(CheckpointError) {
    let config = try TokenizerConfig(files: files, component: component)
    let vocabulary = try Vocabulary(files: files, component: component)

    func id(_ token: TokenizerConfig.SpecialToken) throws(CheckpointError) -> Int32 {
      guard let id = vocabulary.idOfToken[token.content] else {
        throw .invalidConfig(
          file: vocabulary.file, field: token.content, reason: "special token without an id")
      }
      return id
    }
    maximumLength = config.maximumLength
    startToken = try id(config.start)
    endToken = try id(config.end)
    paddingToken = try id(config.padding)
    encoder = try BytePairEncoder(vocabulary, unknown: id(config.unknown))
    var specials: [Special] = []
    for token in config.specialTokens {
      let scalars =
        token.isNormalized
        ? PromptNormalizer.normalize(token.content) : Array(token.content.unicodeScalars)
      specials.append(
        Special(id: try id(token), scalars: scalars, isNormalized: token.isNormalized))
    }
    // Where one special token begins another, the longer one wins.
    self.specials = specials.sorted { $0.scalars.count > $1.scalars.count }
  }

  /// The text's tokens between start and end, cut off or padded to ``maximumLength``.
  public func encode(_ text: String) -> [Int32] {
    let content = tokens(of: text, limit: maximumLength - 2)
    let padding = maximumLength - 2 - content.count
    return [startToken] + content + [endToken] + Array(repeating: paddingToken, count: padding)
  }

  /// How many tokens the text has, without start and end, however long it is.
  public func count(_ text: String) -> Int {
    tokens(of: text, limit: .max).count
  }

  private func tokens(of text: String, limit: Int) -> [Int32] {
    var tokens: [Int32] = []
    let raw = Array(text.unicodeScalars)
    split(raw[...], at: specials.filter { !$0.isNormalized }, into: &tokens) { piece, tokens in
      guard tokens.count < limit else { return }
      let normalized = PromptNormalizer.normalize(String(String.UnicodeScalarView(piece)))
      let normalizedSpecials = specials.filter(\.isNormalized)
      split(normalized[...], at: normalizedSpecials, into: &tokens) { words, tokens in
        for word in WordSplitter(Array(words)) {
          guard tokens.count < limit else { return }
          encoder.encode(String(String.UnicodeScalarView(word)).utf8, into: &tokens)
        }
      }
    }
    return Array(tokens.prefix(limit))
  }

  /// Finds special tokens from left to right; `body` appends the tokens of what lies between.
  private func split(
    _ text: ArraySlice<Unicode.Scalar>, at specials: [Special], into tokens: inout [Int32],
    body: (ArraySlice<Unicode.Scalar>, inout [Int32]) -> Void
  ) {
    var start = text.startIndex
    var position = start
    while position < text.endIndex {
      guard let special = specials.first(where: { text[position...].starts(with: $0.scalars) })
      else {
        position += 1
        continue
      }
      if start < position { body(text[start..<position], &tokens) }
      tokens.append(special.id)
      position += special.scalars.count
      start = position
    }
    if start < text.endIndex { body(text[start...], &tokens) }
  }
}
