import Testing

@testable import Turbo

/// Whole models on an emulated device.
@Suite struct EmulatedModelTests {
  /// Errors of many layers add up: ten times what one operation may have.
  private func tolerance(_ precision: Precision) -> Double {
    switch precision {
    case .float32: 1e-4
    case .float16: 3e-2
    case .bfloat16: 1e-1
    }
  }

  @Test(arguments: ["model-a", "model-b"], Precision.allCases)
  func drawsWhatTheProcessorDraws(_ name: String, precision: Precision) throws {
    let files = try Fixtures.model(name)
    let device = try EmulatedDevice.make()
    let drawings = try [Backend.cpu, .cuda(device)].map { backend in
      let isReference = backend.name != EmulatedDevice.name
      let engine = try Engine(
        files: files,
        options: .init(
          size: PictureSize(width: 48, height: 32), steps: 2,
          precision: isReference ? .float32 : precision), backend: backend)
      #expect(engine.deviceName == backend.name)
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
      for (x, reference) in [
        (found.denoisedLatents, expected.denoisedLatents), (found.image, expected.image),
      ] {
        try #require(x.count == reference.count)
        let comparison = Comparison(x, reference, atol: 0, rtol: 0)
        #expect(comparison.relativeError <= tolerance(precision), "\(comparison)")
      }
    }
    #expect(drawings[1][0].image != drawings[1][1].image)
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
    #expect(lines.contains { $0.hasPrefix("decoder") && $0.contains("e-") })
    #expect(!lines.contains { $0.contains("WRONG") || $0.contains("FAILED") }, "\(lines)")
  }
}
