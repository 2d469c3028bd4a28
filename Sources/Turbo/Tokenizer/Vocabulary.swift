/// Tokens and merges of a byte-pair encoding, from `vocab.json` and `merges.txt`, or from
/// `tokenizer.json`, which newer versions of transformers save in their place.
struct Vocabulary {
  /// The file that the tokens came from, for messages.
  let file: String
  let idOfToken: [String: Int32]
  /// Pairs of tokens; earlier ones are merged first.
  let merges: [(left: Substring, right: Substring)]

  init(files: ModelFiles, component: String) throws(CheckpointError) {
    if files.exists("\(component)/vocab.json") {
      let vocabulary = try files.data("\(component)/vocab.json")
      file = vocabulary.name
      idOfToken = try Self.ids(ConfigReader(vocabulary))
      merges = try Self.merges(text: files.data("\(component)/merges.txt"))
    } else if files.exists("\(component)/tokenizer.json") {
      let whole = try ConfigReader(files.data("\(component)/tokenizer.json"))
      file = whole.file
      let model = ConfigReader(file: whole.file, fields: try whole.object("model"))
      try model.require("type", oneOf: [.string("BPE")])
      try model.require("end_of_word_suffix", oneOf: [.string(Self.wordEnd)])
      idOfToken = try Self.ids(ConfigReader(file: whole.file, fields: model.object("vocab")))
      merges = try Self.merges(list: model)
    } else {
      throw .missingFile(
        folder: "\(files.name)/\(component)", candidates: ["vocab.json", "tokenizer.json"])
    }
  }

  /// Marks a token that ends a word.
  static let wordEnd = "</w>"

  private static func ids(_ config: ConfigReader) throws(CheckpointError) -> [String: Int32] {
    var ids: [String: Int32] = [:]
    ids.reserveCapacity(config.fields.count)
    for (token, value) in config.fields {
      guard case .integer(let id) = value, (0...10_000_000).contains(id) else {
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
    guard case .array(let elements)? = model["merges"] else {
      throw model.invalid("merges", "not a list")
    }
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
