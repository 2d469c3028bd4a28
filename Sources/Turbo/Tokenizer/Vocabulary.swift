/// Tokens and merges of a byte-pair encoding, from `vocab.json` and `merges.txt`, or from
/// `tokenizer.json`, which newer versions of transformers save in their place.
struct Vocabulary {
  /// The file that the tokens came from, for messages.
  let file: String
  let idOfToken: [String: Int32]
  /// Pairs of tokens; earlier ones are merged first.
  let merges: [(left: Substring, right: Substring)]

  init(_ folder: TokenizerFolder) throws(CheckpointError) {
    if let vocabulary = folder.vocabulary {
      file = vocabulary.file
      idOfToken = try Self.ids(vocabulary)
      merges = try Self.merges(text: folder.data("merges.txt"))
    } else if let whole = folder.whole {
      file = whole.file
      let model = ConfigReader(file: whole.file, fields: try whole.object("model"))
      try model.require("type", oneOf: [.string("BPE")])
      try model.require("end_of_word_suffix", oneOf: [.string(Self.wordEnd)])
      idOfToken = try Self.ids(ConfigReader(file: whole.file, fields: model.object("vocab")))
      merges = try Self.merges(list: model)
    } else {
      throw .missingFile(folder: folder.path, candidates: ["vocab.json", "tokenizer.json"])
    }
  }

  /// The ids that a token may have.
  static let idRange = 0...10_000_000
  /// Marks a token that ends a word.
  static let wordEnd = "</w>"

  private static func ids(_ config: ConfigReader) throws(CheckpointError) -> [String: Int32] {
    var ids: [String: Int32] = [:]
    ids.reserveCapacity(config.fields.count)
    for (token, value) in config.fields {
      guard case .integer(let id) = value, idRange.contains(id) else {
        throw config.invalid(token, "\(value.summary) is not an id")
      }
      ids[token] = Int32(id)
    }
    return ids
  }

  private static func merges(
    text file: FileBytes
  ) throws(CheckpointError) -> [(left: Substring, right: Substring)] {
    guard let text = file.withUnsafeBytes({ String(validating: $0, as: UTF8.self) }) else {
      throw .invalidConfig(file: file.name, field: "", reason: "not UTF-8")
    }
    var merges: [(left: Substring, right: Substring)] = []
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#version") {
      merges.append(try pair(line, file.name))
    }
    return merges
  }

  /// Each merge is a list of two tokens, or, in older files, the two with a space between.
  private static func merges(
    list model: ConfigReader
  ) throws(CheckpointError) -> [(left: Substring, right: Substring)] {
    guard let elements = try model.array("merges") else { throw model.invalid("merges", "missing") }
    var merges: [(left: Substring, right: Substring)] = []
    for element in elements {
      switch element {
      case .string(let line): merges.append(try pair(line[...], model.file))
      case .array(let tokens):
        guard tokens.count == 2, case .string(let left) = tokens[0],
          case .string(let right) = tokens[1]
        else { fallthrough }
        merges.append((left[...], right[...]))
      default: throw model.invalid("merges", "\(element.summary) is not a pair of tokens")
      }
    }
    return merges
  }

  private static func pair(
    _ line: Substring, _ file: String
  ) throws(CheckpointError) -> (left: Substring, right: Substring) {
    let parts = line.split(separator: " ")
    guard parts.count == 2 else {
      throw .invalidConfig(
        file: file, field: "merges", reason: "\"\(line.prefix(80))\" is not a pair of tokens")
    }
    return (parts[0], parts[1])
  }
}
