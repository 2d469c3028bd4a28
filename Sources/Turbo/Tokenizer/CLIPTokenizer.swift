/// CLIP's tokenizer, token for token as transformers' `CLIPTokenizer`: special and added tokens are
/// found first, the text between them is normalized, split into words and encoded as byte pairs.
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

  /// The highest id that a text may be encoded with.
  let highestID: Int32

  private let rawTokens: TokenFinder
  private let normalizedTokens: TokenFinder
  private let encoder: BytePairEncoder

  /// Reads a tokenizer's folder of a model (`tokenizer`, `tokenizer_2`).
  public init(files: ModelFiles, component: String) throws(CheckpointError) {
    let folder = try TokenizerFolder(files, component)
    let vocabulary = try Vocabulary(folder)
    let added = try AddedTokens(folder)
    let config = try TokenizerConfig(folder, added)

    func id(_ token: AddedToken) throws(CheckpointError) -> Int32 {
      guard let id = vocabulary.idOfToken[token.content] ?? added.ids[token.content] else {
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
    var tokens = added.tokens
    // Of two with the same content the later one's settings count, as in transformers.
    for token in config.specialTokens { tokens[token.content] = token }
    var found: [(token: AddedToken, id: Int32)] = []
    for token in tokens.values { found.append((token: token, id: try id(token))) }
    rawTokens = TokenFinder(found.filter { !$0.token.isNormalized })
    normalizedTokens = TokenFinder(found.filter { $0.token.isNormalized })
    highestID = found.reduce(vocabulary.idOfToken.values.max() ?? 0) { max($0, $1.id) }
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
    rawTokens.split(raw[...], into: &tokens) { piece, tokens in
      guard tokens.count < limit else { return }
      let normalized = PromptNormalizer.normalize(String(String.UnicodeScalarView(piece)))
      normalizedTokens.split(normalized[...], into: &tokens) { words, tokens in
        for word in WordSplitter(Array(words)) {
          guard tokens.count < limit else { return }
          encoder.encode(String(String.UnicodeScalarView(word)).utf8, into: &tokens)
        }
      }
    }
    return Array(tokens.prefix(limit))
  }
}
