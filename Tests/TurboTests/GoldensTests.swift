import Testing

@testable import Turbo

/// The comparison itself must be able to fail.
@Suite struct GoldensTests {
  private let reference: [Float] = [1, -2, 0, 1000]

  @Test func equalValuesPass() {
    let comparison = Comparison(reference, reference, atol: 0, rtol: 0)
    #expect(comparison.failures == 0)
    #expect(comparison.relativeError == 0)
  }

  @Test func toleranceGrowsWithTheReference() {
    let close = Comparison([1, -2, 0, 1000.05], reference, atol: 0, rtol: 1e-4)
    #expect(close.failures == 0)
    let far = Comparison([1.0005, -2, 0, 1000], reference, atol: 0, rtol: 1e-4)
    #expect(far.failures == 1)
    #expect(far.worstIndex == 0)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func neverPasses(_ value: Float) {
    let comparison = Comparison([1, -2, value, 1000], reference, atol: 1e9, rtol: 1)
    #expect(comparison.failures == 1)
    #expect(comparison.worstIndex == 2)
    #expect(!(comparison.relativeError <= 1e-4))
  }

  @Test func missingValuesFail() {
    #expect(Comparison([1, -2, 0], reference, atol: 1, rtol: 1).failures == 1)
  }

  @Test(arguments: ["goldens/model-a.safetensors", "goldens/model-b.safetensors"])
  func perturbedGoldenFails(_ file: String) throws {
    let goldens = try Goldens(file)
    #expect(try goldens.prompts.count == 2)
    for key in goldens.keys where key.hasSuffix("/output") || key.hasSuffix("/image") {
      let reference = try goldens[key]
      expectClose(reference, reference, key)
      var perturbed = reference
      perturbed[reference.count / 2] += 0.001
      #expect(Comparison(perturbed, reference, atol: 1e-5, rtol: 1e-4).failures == 1, "\(key)")
    }
  }
}
