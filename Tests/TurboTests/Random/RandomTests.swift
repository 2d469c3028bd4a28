import Testing

@testable import Turbo

@Suite struct TorchGeneratorTests {
  /// Against `torch.randn` with a CPU generator.
  @Test func matchesTorch() throws {
    let goldens = try Goldens("numbers/torch-randn.safetensors")
    #expect(goldens.keys.count > 40)
    for key in goldens.keys {
      let parts = key.split(separator: "/")
      var generator = TorchGenerator(seed: try #require(UInt64(parts[1])))
      var values: [Float] = []
      for count in parts[2].split(separator: "+") {
        values += generator.normals(count: try #require(Int(count)))
      }
      expectClose(values, try goldens[key], atol: 2e-6, rtol: 1e-6, relativeError: 1e-6, key)
    }
  }

  @Test func drawsNothing() {
    var generator = TorchGenerator(seed: 1)
    #expect(generator.normals(count: 0).isEmpty)
  }
}

@Suite struct PhiloxTests {
  @Test func cellsOfAPlaneAreStandardNormal() {
    let plane = Philox(seed: 5, stream: 1 << 63)
    let values = (-50..<50).flatMap { y in
      (-50..<50).flatMap { x in
        let four = plane.normals(x: Int32(x), y: Int32(y))
        return (0..<4).map { Double(four[$0]) }
      }
    }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + $1 * $1 } / count - mean * mean
    #expect(abs(mean) < 0.02 && abs(variance - 1) < 0.03)
    #expect(Set(values).count > values.count - 100)
  }

  /// The known answers of Random123's own test (`kat_vectors`, philox4x32 10).
  @Test func knownAnswers() {
    func block(_ counter: [UInt32], _ key: [UInt32]) -> SIMD4<UInt32> {
      Philox.block(counter: SIMD4(counter), key: SIMD2(key))
    }
    let zero = block([0, 0, 0, 0], [0, 0])
    #expect(zero == SIMD4(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8))
    let ones = block([.max, .max, .max, .max], [.max, .max])
    #expect(ones == SIMD4(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD))
    let pi = block(
      [0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344], [0xA409_3822, 0x299F_31D0])
    #expect(pi == SIMD4(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1))
  }

  @Test(arguments: 0..<9) func partsAreTheWhole(_ start: Int) {
    let philox = Philox(seed: 42, stream: 7)
    #expect(
      philox.normals(count: 11, from: start)
        == Array(philox.normals(count: 20)[start...].prefix(11)))
  }

  @Test func streamsAndSeedsDiffer() {
    let values = Philox(seed: 1, stream: 0).normals(count: 64)
    #expect(values == Philox(seed: 1, stream: 0).normals(count: 64))
    #expect(values != Philox(seed: 1, stream: 1).normals(count: 64))
    #expect(values != Philox(seed: 1 << 32 | 1, stream: 0).normals(count: 64))
  }

  @Test func numbersAreNormal() {
    let values = Philox(seed: 3, stream: 5).normals(count: 100_000).map(Double.init)
    let count = Double(values.count)
    func moment(_ power: Int) -> Double {
      values.reduce(0) { sum, x in sum + (0..<power).reduce(1) { product, _ in product * x } }
        / count
    }
    // Five standard errors of each moment's estimate.
    #expect(abs(moment(1)) < 5 / count.squareRoot())
    #expect(abs(moment(2) - 1) < 5 * (2 / count).squareRoot())
    #expect(abs(moment(3)) < 5 * (15 / count).squareRoot())
    #expect(abs(moment(4) - 3) < 5 * (96 / count).squareRoot())
    let neighbours = zip(values, values.dropFirst()).map(*).reduce(0, +) / count
    #expect(abs(neighbours) < 5 / count.squareRoot())
  }
}
