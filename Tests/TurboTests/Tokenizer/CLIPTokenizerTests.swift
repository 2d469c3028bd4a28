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

  private static let letters =
    #"{"a</w>":0,"f":1,"o":2,"x</w>":3,"<</w>":4,">":5,"<|startoftext|>":6,"<|endoftext|>":7,"#
    + #""x":8,"a":9}"#

  /// The tokens between start and end.
  private func content(_ text: String, _ tokenizer: CLIPTokenizer) -> [Int32] {
    Array(tokenizer.encode(text).dropFirst().prefix(tokenizer.count(text)))
  }

  /// Against the tokenizers library (0.23) with the same vocabulary and added token.
  @Test(
    arguments: [
      // Not special, so normalized: capitals match.
      (#"{"content":"<fox>"}"#, "a <fox> a", [0, 10, 0]),
      (#"{"content":"<fox>"}"#, "a<fox>a", [0, 10, 0]),
      (#"{"content":"<fox>"}"#, "a <fox", [0, 4, 1, 2, 3]),
      (#"{"content":"<Fox>"}"#, "A <FOX>", [0, 10]),
      (#"{"content":"<fox>","normalized":false}"#, "a <fox> a", [0, 10, 0]),
      (#"{"content":"<fox>","normalized":false}"#, "A <FOX>", [0, 4, 1, 2, 3, 7]),
      (#"{"content":"<Fox>","special":true}"#, "<Fox>", [10]),
      (#"{"content":"<Fox>","special":true}"#, "a <fox> a", [0, 4, 1, 2, 3, 7, 0]),
      (#"{"content":"fox","single_word":true}"#, "a fox a", [0, 10, 0]),
      (#"{"content":"fox","single_word":true}"#, "<fox>", [4, 10, 7]),
      (#"{"content":"fox","single_word":true}"#, "foxa", [1, 2, 8, 0]),
      (#"{"content":"fox","single_word":true}"#, "afox", [9, 1, 2, 3]),
      (#"{"content":"fox","single_word":true}"#, "fox_", [1, 2, 3, 7]),
      (#"{"content":"fox","single_word":true}"#, "foxfox", [1, 2, 8, 1, 2, 3]),
      (#"{"content":"fox","single_word":true}"#, "fox\u{301} fox", [1, 2, 3, 7, 7, 10]),
      (
        #"{"content":"<fox>","lstrip":true,"rstrip":true,"normalized":false}"#,
        "  a  <fox>  a  ", [0, 10, 0]
      ),
    ] as [(String, String, [Int32])])
  func findsAnAddedToken(_ token: String, _ text: String, _ ids: [Int32]) throws {
    let tokenizer = try tokenizer([
      "vocab.json": Self.letters, "merges.txt": "",
      "tokenizer_config.json": #"{"added_tokens_decoder":{"10":\#(token)}}"#,
    ])
    #expect(content(text, tokenizer) == ids)
    #expect(tokenizer.highestID == 10)
  }

  /// A padding token that no vocabulary has, from each of the files that may list it.
  @Test(
    arguments: [
      [
        "tokenizer_config.json":
          #"{"pad_token":"[PAD]","added_tokens_decoder":{"10":{"content":"[PAD]"}}}"#
      ],
      ["tokenizer_config.json": #"{"pad_token":"[PAD]"}"#, "added_tokens.json": #"{"[PAD]":10}"#],
      [
        "special_tokens_map.json": #"{"pad_token":"[PAD]"}"#,
        "tokenizer.json": #"{"added_tokens":[{"id":10,"content":"[PAD]","special":true}]}"#,
      ],
    ] as [[String: String]])
  func readsAddedTokensOfEveryFile(_ files: [String: String]) throws {
    let vocabulary = ["vocab.json": Self.letters, "merges.txt": ""]
    let tokenizer = try tokenizer(files.merging(vocabulary) { old, _ in old })
    #expect(tokenizer.paddingToken == 10)
    #expect(tokenizer.encode("a").last == 10)
    #expect(content("a[PAD]a", tokenizer) == [0, 10, 0])
  }

  @Test func readsAddedTokensBesideTheVocabularyOfOneFile() throws {
    let tokenizer = try tokenizer([
      "tokenizer.json":
        #"{"model":{"vocab":\#(Self.letters),"merges":[]},"#
        + #""added_tokens":[{"id":10,"content":"<fox>","normalized":false}]}"#
    ])
    #expect(content("a <fox>", tokenizer) == [0, 10])
  }

  @Test(
    arguments: [
      ("tokenizer_config.json", #"{"added_tokens_decoder":{"x":{"content":"<fox>"}}}"#),
      ("tokenizer_config.json", #"{"added_tokens_decoder":{"-1":{"content":"<fox>"}}}"#),
      ("tokenizer_config.json", #"{"added_tokens_decoder":{"99999999999":{"content":"<fox>"}}}"#),
      ("tokenizer_config.json", #"{"added_tokens_decoder":{"10":{}}}"#),
      ("tokenizer_config.json", #"{"added_tokens_decoder":[]}"#),
      ("added_tokens.json", #"{"<fox>":"10"}"#),
      ("tokenizer.json", #"{"added_tokens":[{"content":"<fox>"}]}"#),
      ("tokenizer.json", #"{"added_tokens":{}}"#),
    ])
  func refusesBrokenAddedTokens(_ name: String, _ content: String) {
    let error = checkpointError {
      _ = try tokenizer([name: content, "vocab.json": Self.letters, "merges.txt": ""])
    }
    guard case .invalidConfig("memory/t/\(name)", _, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  private func tokenizer(_ files: [String: String]) throws -> CLIPTokenizer {
    let model = MemoryModel(files.map { ("t/\($0)", Array($1.utf8)) })
    return try CLIPTokenizer(files: model.files, component: "t")
  }
}
