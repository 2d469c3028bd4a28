import Foundation
import Testing

@testable import Turbo

/// A text encoder and its tokenizer must fit each other; its weights may hold a little more.
@Suite struct TextEncoderTests {
  /// Model A's first text encoder, with a text replaced in one of its files.
  private func encoder(
    changing changed: String = "", _ old: String = "", to new: String = ""
  ) throws -> TextEncoder {
    let files = try Fixtures.model("model-a")
    let paths = [
      "text_encoder/config.json", "text_encoder/model.safetensors", "tokenizer/vocab.json",
      "tokenizer/merges.txt", "tokenizer/tokenizer_config.json",
    ]
    var contents: [(String, [UInt8])] = []
    for path in paths {
      var bytes: [UInt8] = try files.data(path).withUnsafeBytes(Array.init)
      if path == changed {
        let text = String(decoding: bytes, as: UTF8.self)
        try #require(text.contains(old))
        bytes = Array(text.replacingOccurrences(of: old, with: new).utf8)
      }
      contents.append((path, bytes))
    }
    return try TextEncoder(
      MemoryModel(contents).files, component: "text_encoder", tokenizer: "tokenizer",
      hasProjection: false, backend: .cpu, precision: .float32)
  }

  @Test func takesATokenizerThatFits() throws {
    let encoder = try encoder()
    #expect(try encoder.encode("a fox").hidden.count == 77 * encoder.config.hiddenSize)
  }

  @Test(
    arguments: [
      ("text_encoder/config.json", #""vocab_size": 734"#, #""vocab_size": 733"#, "up to 733"),
      (
        "tokenizer/tokenizer_config.json", #""added_tokens_decoder": {"#,
        #""added_tokens_decoder": {"734": {"content": "<fox>"},"#, "up to 734"
      ),
      (
        "tokenizer/tokenizer_config.json", #""model_max_length": 77"#, #""model_max_length": 76"#,
        "gives 76 tokens"
      ),
    ])
  func refusesATokenizerThatDoesNotFit(
    _ path: String, _ old: String, _ new: String, _ words: String
  ) throws {
    let error = try #require(throws: EngineError.self) {
      _ = try encoder(changing: path, old, to: new)
    }
    guard case .mismatch(let text) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(text.contains(words))
  }

  /// A first encoder may be of the second's class: nobody asks for its projection.
  @Test func aProjectionMayBeLeftOver() throws {
    let encoder = try TextEncoder(
      Fixtures.model("model-a"), component: "text_encoder_2", tokenizer: "tokenizer_2",
      hasProjection: false, backend: .cpu, precision: .float32)
    let goldens = try Goldens("goldens/model-a.safetensors")
    let states = try goldens.prompts.map { try encoder.encode($0) }
    #expect(states.allSatisfy { $0.pooled == nil })
    expectClose(states.flatMap { $0.hidden }, try goldens["text_encoder_2/penultimate"])
  }

  @Test func positionsMayBeLeftOverUnderTheirPrefix() throws {
    let config = try CLIPTextConfig(files: Fixtures.model("model-a"), component: "text_encoder")
    let old = CLIPTextEncoder(config: config, hasProjection: true, prefix: "text_model")
    #expect(old.unusedKeys == ["text_model.embeddings.position_ids"])
    let new = CLIPTextEncoder(config: config, hasProjection: true, prefix: nil)
    #expect(new.unusedKeys == ["embeddings.position_ids"])
  }
}
