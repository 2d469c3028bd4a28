import Testing

@testable import Turbo

/// Damaged files end in an error or in values that are safe to use, never in a crash. The damage is
/// random but the same at every run.
@Suite struct FuzzTests {
  private struct Damage {
    var random: MersenneTwister

    mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt32(bound)) }

    /// Up to four edits: bytes changed, removed, doubled, or replaced by what tends to hurt.
    mutating func apply(to bytes: [UInt8]) -> [UInt8] {
      var bytes = bytes
      for _ in 0...below(4) where !bytes.isEmpty {
        let at = below(bytes.count)
        let end = min(bytes.count, at + 1 + below(12))
        switch below(6) {
        case 0: bytes[at] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes[at] ^= 1 << UInt8(below(8))
        case 2: bytes.removeSubrange(at..<end)
        case 3: bytes.insert(contentsOf: bytes[at..<end], at: below(bytes.count))
        case 4: bytes.replaceSubrange(at..<at + 1, with: Self.words[below(Self.words.count)].utf8)
        default: bytes.removeSubrange(below(2) == 0 ? at..<bytes.count : 0..<at / 4)
        }
      }
      return bytes
    }

    private static let words = [
      "0", "-1", "9", "99999999999", "9223372036854775807", "1e308", "null", "true", "\"", "{",
      "}", "[", "]", ",", ":", "\\u0000", "\\uD800", "é", "[]", "{}",
    ]
  }

  private func damaged(_ bytes: [UInt8], times: Int, _ body: ([UInt8]) throws -> Void) {
    var damage = Damage(random: MersenneTwister(seed: 20_240_607))
    var survivors = 0
    for _ in 0..<times {
      do {
        try body(damage.apply(to: bytes))
        survivors += 1
      } catch {
        #expect(error is CheckpointError, "\(error)")
      }
    }
    #expect(survivors < times, "the damage does none")
  }

  @Test func safeTensorsNeverCrash() {
    let items: [SafeTensorsWriter.Item] = [
      .init("a", shape: [2, 3], values: [1, 2, 3, 4, 5, 6]),
      .init("b.weight", shape: [4], values: [1, 2, 3, 4]), .init("c", shape: [], values: [7]),
    ]
    let whole =
      SafeTensorsWriter.header(items, ["k": "v"]) + Array(repeating: 0x3F, count: 4 * 11)
    damaged(whole, times: 4000) { bytes in
      try withFile(bytes) { file in
        let tensors = try SafeTensors(file)
        for key in tensors.keys {
          guard let tensor = try? tensors.tensor(key) else { continue }
          #expect(tensor.float32().count == tensor.shape.reduce(1, *))
        }
      }
    }
  }

  @Test func indicesNeverCrash() {
    let index = #"{"metadata":{"total_size":4},"weight_map":{"x":"a.safetensors"}}"#
    let shard = safeTensors(
      #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, dataCount: 4)
    damaged(Array(index.utf8), times: 500) { bytes in
      let model = MemoryModel([
        ("unet/model.safetensors.index.json", bytes), ("unet/a.safetensors", shard),
      ])
      _ = try Checkpoint(files: model.files, component: "unet")
    }
  }

  @Test(arguments: [
    "unet/config.json", "text_encoder_2/config.json", "vae/config.json", "model_index.json",
    "scheduler/scheduler_config.json",
  ])
  func configurationsNeverCrash(_ path: String) throws {
    for model in ["model-a", "model-b"] {
      let bytes = try Fixtures.model(model).data(path).withUnsafeBytes(Array.init)
      damaged(bytes, times: 500) { bytes in
        try withFile(bytes) { try read(path, model, $0) }
      }
    }
  }

  private func read(_ path: String, _ model: String, _ file: FileBytes) throws {
    switch path {
    case "unet/config.json":
      let config = try UNetConfig(json: file)
      #expect(config.pooledSize > 0 && config.timeEmbeddingSize > 0)
    case "text_encoder_2/config.json": _ = try CLIPTextConfig(json: file)
    case "model_index.json": _ = try ModelIndex(json: file)
    case "vae/config.json" where model == "model-a": _ = try AutoencoderKLConfig(json: file)
    case "vae/config.json": _ = try AutoencoderTinyConfig(json: file)
    default:
      let scheduler = EulerScheduler(try SchedulerConfig(json: file), steps: 4)
      #expect(scheduler.sigmas.allSatisfy { $0 >= 0 })
    }
  }

  @Test(arguments: ["vocab.json", "merges.txt", "tokenizer_config.json", "special_tokens_map.json"])
  func tokenizersNeverCrash(_ damagedName: String) throws {
    let names = ["vocab.json", "merges.txt", "tokenizer_config.json", "special_tokens_map.json"]
    let files = try Fixtures.model("tokenizers")
    let contents = try names.map { name in
      (name, try files.data("original-2/\(name)").withUnsafeBytes(Array.init))
    }
    let original = try #require(contents.first { $0.0 == damagedName }).1
    damaged(original, times: 40) { bytes in
      let model = MemoryModel(contents.map { ("t/\($0)", $0 == damagedName ? bytes : $1) })
      let tokenizer = try CLIPTokenizer(files: model.files, component: "t")
      let ids = tokenizer.encode("The old bear's lighthouse! 🦊 <|endoftext|>")
      #expect(ids.count == tokenizer.maximumLength)
    }
  }
}
