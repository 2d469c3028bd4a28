/// The files of a tokenizer's folder, as far as they are there and of use, each read once.
struct TokenizerFolder {
  private let files: ModelFiles
  private let component: String

  /// `tokenizer_config.json`.
  let config: ConfigReader?
  /// `special_tokens_map.json`.
  let specialTokensMap: ConfigReader?
  /// `vocab.json`.
  let vocabulary: ConfigReader?
  /// `added_tokens.json`.
  let addedTokens: ConfigReader?
  /// `tokenizer.json`, which newer versions of transformers save in place of all but the first.
  let whole: ConfigReader?

  /// Where ``config`` lists added tokens. If it does, no other file's list counts.
  static let addedTokensField = "added_tokens_decoder"

  init(_ files: ModelFiles, _ component: String) throws(CheckpointError) {
    func read(_ name: String) throws(CheckpointError) -> ConfigReader? {
      let path = "\(component)/\(name)"
      guard files.exists(path) else { return nil }
      return try ConfigReader(files.data(path))
    }
    self.files = files
    self.component = component
    let config = try read("tokenizer_config.json")
    let vocabulary = try read("vocab.json")
    let listsAddedTokens = config?[Self.addedTokensField] != nil
    self.config = config
    self.vocabulary = vocabulary
    specialTokensMap = try read("special_tokens_map.json")
    addedTokens = try listsAddedTokens ? nil : read("added_tokens.json")
    whole = try vocabulary != nil && listsAddedTokens ? nil : read("tokenizer.json")
  }

  /// The folder's path, for messages.
  var path: String { "\(files.name)/\(component)" }

  /// The files that say which tokens are special, the more important one first.
  var settings: [ConfigReader] { [config, specialTokensMap].compactMap { $0 } }

  /// The bytes of a file that is no JSON object.
  func data(_ name: String) throws(CheckpointError) -> FileBytes {
    try files.data("\(component)/\(name)")
  }
}
