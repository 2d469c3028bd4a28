/// The tokens that were added to a tokenizer's vocabulary, such as a learned word, with their ids.
///
/// As in transformers, `added_tokens_decoder` in `tokenizer_config.json` lists all of them; only
/// where it is missing are they those of `tokenizer.json` and of `added_tokens.json`.
struct AddedTokens {
  /// The tokens by content.
  private(set) var tokens: [String: AddedToken] = [:]
  /// Their ids by content. The vocabulary's own come first.
  private(set) var ids: [String: Int32] = [:]

  init(_ folder: TokenizerFolder) throws(CheckpointError) {
    if let config = folder.config, config[TokenizerFolder.addedTokensField] != nil {
      let field = TokenizerFolder.addedTokensField
      let listed = try config.object(field).sorted { $0.key < $1.key }
      for (key, value) in listed { try add(value, id: Int(key), config, field) }
      return
    }
    if let whole = folder.whole {
      for value in try whole.array("added_tokens") ?? [] {
        var id: Int?
        if case .object(let fields) = value, case .integer(let number)? = fields["id"] {
          id = number
        }
        try add(value, id: id, whole, "added_tokens")
      }
    }
    if let older = folder.addedTokens {
      let special = Self.specialContents(folder)
      for content in older.names {
        var id: Int?
        if case .integer(let number)? = older[content] { id = number }
        let token: [String: JSONValue] = [
          "content": .string(content), "special": .bool(special.contains(content)),
        ]
        try add(.object(token), id: id, older, content)
      }
    }
  }

  /// Adds a token unless one of its content is there.
  private mutating func add(
    _ value: JSONValue, id: Int?, _ file: ConfigReader, _ field: String
  ) throws(CheckpointError) {
    guard let token = AddedToken(value, isSpecial: false) else {
      throw file.invalid(field, "\(value.summary) is not a token")
    }
    guard let id, Vocabulary.idRange.contains(id) else {
      throw file.invalid(field, "\"\(token.content.prefix(80))\" has no valid id")
    }
    guard tokens[token.content] == nil else { return }
    tokens[token.content] = token
    ids[token.content] = Int32(id)
  }

  /// The contents of what the files name as special: `added_tokens.json` itself does not say.
  private static func specialContents(_ folder: TokenizerFolder) -> Set<String> {
    let fields = [
      "bos_token", "eos_token", "unk_token", "pad_token", "additional_special_tokens",
      "extra_special_tokens",
    ]
    var contents: Set<String> = []
    for source in folder.settings {
      for field in fields {
        guard let value = source[field] else { continue }
        var values = [value]
        if case .array(let list) = value { values = list }
        for token in values.compactMap({ AddedToken($0, isSpecial: true) }) {
          contents.insert(token.content)
        }
      }
    }
    return contents
  }
}
