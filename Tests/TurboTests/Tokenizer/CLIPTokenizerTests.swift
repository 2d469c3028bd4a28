import Testing

@testable import Turbo

/// Against transformers' tokenizer, id by id.
@Suite struct CLIPTokenizerTests {
  struct Case {
    let text: String
    let ids: [Int32]

    init?(_ value: JSONValue) {
      guard case .object(let fields) = value, case .string(let text)? = fields["text"],
        case .integer(let length)? = fields["length"], case .array(let numbers)? = fields["ids"]
      else { return nil }
      self.text = text
      let ids = numbers.compactMap { if case .integer(let id) = $0 { Int32(id) } else { nil } }
      guard let last = ids.last, ids.count == numbers.count else { return nil }
      self.ids = ids + Array(repeating: last, count: length - ids.count)
    }
  }

  private func cases(_ name: String) throws -> [Case] {
    guard case .array(let rows) = try Fixtures.json("tokenizers/\(name)-cases.json") else {
      return []
    }
    return try rows.map { try #require(Case($0)) }
  }

  @Test(arguments: ["original", "original-2", "current-2", "gaps"])
  func encodesAsTheReference(_ name: String) throws {
    let tokenizer = try CLIPTokenizer(files: Fixtures.model("tokenizers"), component: name)
    let cases = try cases(name)
    #expect(cases.count >= 100)
    for expected in cases {
      #expect(tokenizer.encode(expected.text) == expected.ids, "\(expected.text.debugDescription)")
    }
  }

  @Test func secondTokenizerPadsWithExclamationMark() throws {
    let files = try Fixtures.model("model-a")
    let first = try CLIPTokenizer(files: files, component: "tokenizer")
    let second = try CLIPTokenizer(files: files, component: "tokenizer_2")
    #expect(first.paddingToken == first.endToken)
    #expect(second.paddingToken == 0)
    #expect(first.encode("fox").last == first.endToken)
    #expect(second.encode("fox").last == 0)
  }

  @Test func countIsNotCutOff() throws {
    let tokenizer = try CLIPTokenizer(files: Fixtures.model("tokenizers"), component: "original")
    #expect(tokenizer.count("") == 0)
    let one = tokenizer.count("fox")
    #expect(tokenizer.count(String(repeating: "fox ", count: 300)) == 300 * one)
    #expect(tokenizer.encode(String(repeating: "fox ", count: 300)).count == 77)
  }

  /// One word of many letters must not take a time that grows with its square.
  @Test(.timeLimit(.minutes(1))) func longWordsAreNoTrap() throws {
    let tokenizer = try CLIPTokenizer(files: Fixtures.model("tokenizers"), component: "original")
    let word = String(repeating: "thequickfoxandthebear", count: 2000)
    #expect(tokenizer.encode(word).count == 77)
  }

  @Test func refusesBrokenFolders() throws {
    let vocabulary = #"{"a": 0, "<|startoftext|>": 1, "<|endoftext|>": 2}"#
    #expect(throws: CheckpointError.self) { try tokenizer([:]) }
    #expect(throws: CheckpointError.self) { try tokenizer(["vocab.json": vocabulary]) }
    #expect(throws: CheckpointError.self) {
      try tokenizer(["vocab.json": vocabulary, "merges.txt": "a b\n"])
    }
    #expect(throws: CheckpointError.self) {
      try tokenizer(["vocab.json": vocabulary, "merges.txt": "a\n"])
    }
    #expect(throws: CheckpointError.self) {
      try tokenizer(["vocab.json": #"{"a": 0}"#, "merges.txt": ""])
    }
    #expect(throws: CheckpointError.self) {
      try tokenizer(["vocab.json": #"{"a": -1}"#, "merges.txt": ""])
    }
    #expect(try tokenizer(["vocab.json": vocabulary, "merges.txt": ""]).count("xyz") == 3)
  }

  private func tokenizer(_ files: [String: String]) throws -> CLIPTokenizer {
    let model = MemoryModel(files.map { ("t/\($0)", Array($1.utf8)) })
    return try CLIPTokenizer(files: model.files, component: "t")
  }
}
