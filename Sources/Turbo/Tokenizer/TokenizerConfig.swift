/// A tokenizer's special tokens and length, from `tokenizer_config.json` and, where that says
/// nothing, `special_tokens_map.json`.
struct TokenizerConfig {
  let start: AddedToken
  let end: AddedToken
  let unknown: AddedToken
  let padding: AddedToken
  let maximumLength: Int

  /// The special tokens.
  var specialTokens: [AddedToken] { [start, end, unknown, padding] }

  /// Lengths of more than this mean "no limit" (transformers writes 10^30).
  private static let longestLimit = 8192

  init(_ folder: TokenizerFolder, _ added: AddedTokens) throws(CheckpointError) {
    func token(_ field: String) throws(CheckpointError) -> AddedToken? {
      for source in folder.settings {
        guard let value = source[field] else { continue }
        guard let token = AddedToken(value, isSpecial: true) else {
          throw source.invalid(field, "\(value.summary) is not a token")
        }
        // The list of added tokens, where there is one, is the newer format and has the last word.
        return added.tokens[token.content] ?? token
      }
      return nil
    }
    let end = try token("eos_token") ?? AddedToken(special: "<|endoftext|>")
    self.end = end
    start = try token("bos_token") ?? AddedToken(special: "<|startoftext|>")
    unknown = try token("unk_token") ?? end
    padding = try token("pad_token") ?? end
    maximumLength = try Self.length(folder.config)
  }

  private static func length(_ config: ConfigReader?) throws(CheckpointError) -> Int {
    let clip = 77
    let field = "model_max_length"
    guard let config, config[field] != nil else { return clip }
    let length = try config.number(field, default: nil, in: 3...1e40)
    return length <= Double(longestLimit) ? Int(length) : clip
  }
}
