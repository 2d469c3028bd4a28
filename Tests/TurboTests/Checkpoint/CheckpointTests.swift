import Foundation
import Testing

@testable import Turbo

@Suite struct CheckpointTests {
  private func open(_ variant: String) throws -> Checkpoint {
    try Checkpoint(files: Fixtures.model("variants/\(variant)"), component: "text_encoder")
  }

  /// The same weights however they are stored; names lack SDXL's `text_model.` in these.
  @Test(
    arguments: [
      ("sharded", 0), ("fp16", 0x1p-11), ("sharded-fp16", 0x1p-11 + 0x1p-8), ("bf16", 0x1p-8),
    ] as [(String, Float)])
  func variantsAgree(_ variant: String, _ precision: Float) throws {
    let original = try Checkpoint(files: Fixtures.model("model-a"), component: "text_encoder")
    let stored = try open(variant)
    #expect(stored.keys.count == original.keys.count - 1)
    for key in stored.keys {
      let shape = try #require(stored.shape(key))
      let found = try stored.tensor(key, shape: shape).float32()
      let expected = try original.tensor("text_model.\(key)", shape: shape).float32()
      // Half precision's subnormal numbers are a fixed distance apart.
      expectClose(
        found, expected, atol: precision == 0 ? 0 : 1e-7, rtol: precision,
        relativeError: Double(precision), key)
    }
    try stored.audit()
  }

  @Test func auditFindsUnusedTensors() throws {
    let checkpoint = try open("sharded")
    let keys = checkpoint.keys
    for key in keys.dropLast(2) {
      _ = try checkpoint.tensor(key, shape: try #require(checkpoint.shape(key)))
    }
    let error = checkpointError { try checkpoint.audit() }
    #expect(
      error
        == .mismatch(
          file: checkpoint.name, missing: [], wrongShape: [], unused: Array(keys.suffix(2))))
    try checkpoint.audit(ignoring: Array(keys.suffix(2)))
  }

  @Test func auditIgnoresByPrefix() throws {
    let checkpoint = try open("sharded")
    for key in checkpoint.keys where !key.hasPrefix("encoder.") {
      _ = try checkpoint.tensor(key, shape: try #require(checkpoint.shape(key)))
    }
    try checkpoint.audit(ignoring: ["encoder."])
    #expect(checkpointError { try checkpoint.audit(ignoring: ["encoder"]) } != nil)
  }

  @Test func missingAndMisshapenTensorsAreNamed() throws {
    let checkpoint = try open("sharded")
    let key = "final_layer_norm.weight"
    let misshapen = checkpointError { _ = try checkpoint.tensor(key, shape: [33]) }
    guard case .wrongShape(key, [33], [32], let file)? = misshapen else {
      Issue.record("\(String(describing: misshapen))")
      return
    }
    #expect(file.hasSuffix(".safetensors"))
    let missing = checkpointError { _ = try checkpoint.tensor("nothing", shape: [1]) }
    #expect(missing == .missingTensor(key: "nothing", file: checkpoint.name))
    guard case .mismatch(_, ["nothing"], [key], _)? = checkpointError({ try checkpoint.audit() })
    else {
      Issue.record("audit forgot")
      return
    }
  }

  @Test func missingComponentsAreNamed() throws {
    let files = try Fixtures.model("model-a")
    guard
      case .missingFile(let folder, let candidates)? = checkpointError({
        _ = try Checkpoint(files: files, component: "controlnet")
      })
    else {
      Issue.record("found a controlnet")
      return
    }
    #expect(folder.hasSuffix("model-a/controlnet"))
    for name in [
      "diffusion_pytorch_model.safetensors", "diffusion_pytorch_model.fp16.safetensors",
      "model.safetensors", "model.fp16.safetensors", "model.safetensors.index.json",
    ] {
      #expect(candidates.contains(name))
    }
    #expect(checkpointError { _ = try ModelFiles(directory: "/nonexistent") } != nil)
    #expect(checkpointError { _ = try ModelFiles(directory: "/etc/passwd") } != nil)
    #expect(checkpointError { _ = try FileBytes(mapping: "/etc") } != nil)
  }

  @Test(arguments: [
    #"{"weight_map":{"x":"../unet/model.safetensors"}}"#,
    #"{"weight_map":{"x":"/etc/passwd"}}"#,
    #"{"weight_map":{"x":"a.bin"}}"#,
    #"{"weight_map":{"x":1}}"#,
    #"{"weight_map":[]}"#,
    #"{}"#,
    #"{"weight_map":{"x":"absent.safetensors"}}"#,
    #"{"weight_map":{"y":"a.safetensors"}}"#,
  ])
  func refusesBadIndices(_ index: String) {
    let shard = safeTensors(
      #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, dataCount: 4)
    let model = MemoryModel([
      ("unet/model.safetensors.index.json", Array(index.utf8)), ("unet/a.safetensors", shard),
    ])
    #expect(
      checkpointError { _ = try Checkpoint(files: model.files, component: "unet") } != nil)
  }

  @Test func everyErrorNamesItsFile() {
    let errors: [CheckpointError] = [
      .missingFile(folder: "f", candidates: ["a", "b"]), .unreadable(file: "f", reason: "r"),
      .truncated(file: "f", expectedBytes: 2, foundBytes: 1),
      .invalidHeader(file: "f", reason: "r"), .invalidConfig(file: "f", field: "k", reason: "r"),
      .unsupported(file: "f", field: "k", found: "x", supported: "y"),
      .missingTensor(key: "k", file: "f"),
      .wrongShape(key: "k", expected: [1], found: [2], file: "f"),
      .unsupportedType(key: "k", found: "I64", file: "f"),
      .mismatch(file: "f", missing: ["k"], wrongShape: [], unused: ["a", "b", "c", "d"]),
    ]
    for error in errors {
      #expect(error.description.hasPrefix("f"))
      #expect(!error.description.contains("\n"))
    }
  }
}
