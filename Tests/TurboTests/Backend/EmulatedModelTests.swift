import Testing

@testable import Turbo

/// Whole models on an emulated device.
@Suite struct EmulatedModelTests {
  @Test(arguments: ["model-a", "model-b"], Precision.allCases)
  func drawsWhatTheProcessorDraws(_ name: String, precision: Precision) throws {
    let files = try Fixtures.model(name)
    let device = try EmulatedDevice.make()
    var decoderPrecision = precision
    let drawings = try [Backend.cpu, .cuda(device)].map { backend in
      let isReference = backend.name != EmulatedDevice.name
      let engine = try Engine(
        files: files,
        options: .init(
          size: PictureSize(width: 48, height: 32), steps: 2,
          precision: isReference ? .float32 : precision), backend: backend)
      #expect(engine.deviceName == backend.name)
      if !isReference { decoderPrecision = engine.decoderPrecision }
      var generator = TorchGenerator(seed: 3)
      let count = engine.latentShape.reduce(1, *)
      // Two prompts in two steps: what depends on the prompt and the step is computed anew for each.
      let prompts = try ["a fox", "a red fox in the snow"].map { try engine.encode($0) }
      let (noise, stepNoise) = (generator.normals(count: count), generator.normals(count: count))
      return try [0, 1].map { index in
        try engine.draw(prompts[index], noise: noise, stepNoise: [stepNoise])
      }
    }
    for (found, expected) in zip(drawings[1], drawings[0]) {
      for (x, reference, precision) in [
        (found.denoisedLatents, expected.denoisedLatents, precision),
        (found.image, expected.image, decoderPrecision),
      ] {
        try #require(x.count == reference.count)
        let comparison = Comparison(x, reference, atol: 0, rtol: 0)
        let limit = Parity.limit(precision, depth: Parity.modelDepth)
        #expect(comparison.relativeError <= limit, "\(comparison)")
      }
    }
    #expect(drawings[1][0].image != drawings[1][1].image)
  }

  /// SDXL's own autoencoder leaves float16's range: there it would draw black.
  @Test func asksNoFloat16OfADecoderThatLeavesItsRange() throws {
    let gpu = Backend.cuda(try EmulatedDevice.make())
    let kl = try Decoder.Model(Fixtures.model("model-a"), .kl)
    let tiny = try Decoder.Model(Fixtures.model("model-b"), .tiny)
    #expect(gpu.precision(of: kl, wanted: nil) == .bfloat16)
    #expect(gpu.precision(of: kl, wanted: .float16) == .bfloat16)
    #expect(gpu.precision(of: kl, wanted: .float32) == .float32)
    #expect(gpu.precision(of: tiny, wanted: nil) == .float16)
    #expect(gpu.precision(of: tiny, wanted: .float16) == .float16)
    #expect(gpu.precision(of: tiny, wanted: .bfloat16) == .bfloat16)
    // The processor has no float16 for anything, and says so.
    #expect(Backend.cpu.precision(of: kl, wanted: .float16) == .float16)
    #expect(throws: BackendError.precision(.float16)) {
      _ = try Engine(files: Fixtures.model("model-a"), options: .init(precision: .float16))
    }
  }

  /// A GPU that computes something else must not pass.
  @Test func parityCountsFailures() throws {
    var lines: [String] = []
    let parity = try Parity(EmulatedDevice.make()) { lines.append($0) }
    #expect(parity.verdict(1e-6, .float32).isEmpty)
    #expect(parity.failures == 0)
    for error in [1, Double.nan] {
      #expect(parity.verdict(error, .bfloat16).contains("WRONG"))
    }
    #expect(parity.failures == 2)
    // A comparison of nothing shows nothing.
    #expect(parity.operations(filter: "no such case"))
    #expect(parity.failures == 3)
    #expect(lines.last == "3 failures")
  }

  /// What `Benchmarks/gpu.py` reads.
  @Test func parityReports() throws {
    var lines: [String] = []
    let parity = try Parity(EmulatedDevice.make()) { lines.append($0) }
    #expect(parity.operations(filter: "upsample 5x7"))
    parity.model(
      try Fixtures.model("model-b"), size: PictureSize(width: 16, height: 16), precision: .float32,
      repeats: 1)
    #expect(lines.contains("0 failures"))
    #expect(parity.failures == 0)
    #expect(lines.contains { $0.hasPrefix("decoder") && $0.contains("e-") })
    #expect(!lines.contains { $0.contains("WRONG") || $0.contains("FAILED") }, "\(lines)")
  }
}
