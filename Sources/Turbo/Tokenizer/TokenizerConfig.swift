/// A tokenizer's special tokens and length, from `tokenizer_config.json` and, where that says
/// nothing, `special_tokens_map.json`.
struct TokenizerConfig: Equatable, Sendable {
  /// A token that is recognised in the text as a whole, before words are split.
  struct SpecialToken: Hashable, Sendable {
    let content: String
    /// Whether it is looked for in the normalized text (so that capitals match) or in the raw one.
    let isNormalized: Bool
  }

  let start: SpecialToken
  let end: SpecialToken
  let unknown: SpecialToken
  let padding: SpecialToken
  let maximumLength: Int

  /// The special tokens, without duplicates.
  var specialTokens: Set<SpecialToken> { [start, end, unknown, padding] }

  /// Lengths of more than this mean "no limit" (transformers writes 10^30).
  private static let longestLimit = 8192

  init(files: ModelFiles, component: String) throws(CheckpointError) {
    var sources: [ConfigReader] = []
    for name in ["tokenizer_config.json", "special_tokens_map.json"] {
      guard files.exists("\(component)/\(name)") else { continue }
      sources.append(try ConfigReader(files.data("\(component)/\(name)")))
    }
    let added = try Self.addedTokens(sources.first)

    func token(_ field: String) throws(CheckpointError) -> SpecialToken? {
      for source in sources {
        guard let value = source[field] else { continue }
        guard var token = Self.token(value) else {
          throw source.invalid(field, "\(value.summary) is not a token")
        }
        // The list of added tokens, where there is one, is the newer format and has the last word.
        if let listed = added[token.content] { token = listed }
        return token
      }
      return nil
    }
    let end = try token("eos_token") ?? SpecialToken(content: "<|endoftext|>", isNormalized: false)
    self.end = end
    start =
      try token("bos_token") ?? SpecialToken(content: "<|startoftext|>", isNormalized: false)
    unknown = try token("unk_token") ?? end
    padding = try token("pad_token") ?? end
    maximumLength = try Self.length(sources.first)
  }

  /// A token as text, or as an object with settings.
  private static func token(_ value: JSONValue) -> SpecialToken? {
    switch value {
    case .string(let content) where !content.isEmpty:
      return SpecialToken(content: content, isNormalized: false)
    case .object(let fields):
      guard case .string(let content)? = fields["content"], !content.isEmpty else { return nil }
      return SpecialToken(content: content, isNormalized: fields["normalized"] == .bool(true))
    default:
      return nil
    }
  }

  private static func addedTokens(
    _ config: ConfigReader?
  ) throws(CheckpointError) -> [String: SpecialToken] {
    let field = "added_tokens_decoder"
    guard let config, config[field] != nil else { return [:] }
    var tokens: [String: SpecialToken] = [:]
    for (_, value) in try config.object(field) {
      guard let token = token(value) else {
        throw config.invalid(field, "\(value.summary) is not a token")
      }
      tokens[token.content] = token
    }
    return tokens
  }

  private static func length(_ config: ConfigReader?) throws(CheckpointError) -> Int {
    let clip = 77
    let field = "model_max_length"
    guard let config, config[field] != nil else { return clip }
    let length = try config.number(field, default: nil, in: 3...1e40)
    return length <= Double(longestLimit) ? Int(length) : clip
  }
}
