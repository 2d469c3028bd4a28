import Testing

@testable import Turbo

/// The CPU backend against the reference backend, operation by operation.
@Suite struct CPUProgramTests {
  /// Builds a graph over inputs of the given shapes and compares the backends' outputs.
  private func compare(
    _ shapes: [[Int]], precision: Precision = .float32, tolerance: Float = 2e-6,
    _ body: (ModuleBuilder, [Graph.Value]) -> Graph.Value
  ) throws {
    let m = ModuleBuilder()
    let values = shapes.enumerated().map { m.input("x\($0.offset)", shape: $0.element) }
    m.output("y", body(m["layer"], values))
    let weights = try RandomCheckpoint(m.graph)
    var random = RandomNumbers(seed: 7)
    let program = try CPUProgram(m.graph, weights.checkpoint, precision: precision)
    let reference = ReferenceProgram(graph: m.graph, checkpoint: weights.checkpoint)
    // Twice, since memory that one run leaves behind must not change the next.
    for _ in 0..<2 {
      var inputs: [String: [Float]] = [:]
      for (index, shape) in shapes.enumerated() {
        inputs["x\(index)"] = random.values(shape.elementCount)
      }
      for (name, values) in inputs { program.set(name, values) }
      try program.run()
      let expected = try #require(try reference.run(inputs)["y"])
      let found = Array(try #require(program.output("y")))
      #expect(found.count == expected.count)
      #expect(relativeError(found, expected) < tolerance)
    }
    withExtendedLifetime(weights) {}
  }

  private func relativeError(_ x: [Float], _ reference: [Float]) -> Float {
    let difference = zip(x, reference).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let norm = reference.reduce(Float(0)) { $0 + $1 * $1 }
    // NaN must fail: it compares false with everything.
    return (difference / norm).squareRoot()
  }

  @Test(arguments: [(1, 3, 5), (77, 64, 48), (256, 96, 192), (5, 33, 17)])
  func linear(rows: Int, from: Int, to: Int) throws {
    try compare([[rows, from]]) { m, x in m.linear(x[0], to: to) }
    try compare([[rows, from]]) { m, x in m.linear(x[0], to: to, bias: false) }
  }

  @Test(arguments: [(4, 32, 8, 6), (32, 32, 16, 16), (32, 3, 9, 7), (48, 64, 5, 11)])
  func convolution(from: Int, to: Int, height: Int, width: Int) throws {
    let shape = [height, width, from]
    try compare([shape]) { m, x in m.convolution(x[0], to: to) }
    try compare([shape]) { m, x in m.convolution(x[0], to: to, stride: 2) }
    try compare([shape]) { m, x in m.convolution(x[0], to: to, bias: false) }
    try compare([shape]) { m, x in m.pointwise(x[0], to: to) }
  }

  @Test(arguments: [(8, 8, 5, 6), (16, 3, 9, 7), (32, 40, 16, 30)])
  func convolutionOfADoubledPicture(from: Int, to: Int, height: Int, width: Int) throws {
    try compare([[height, width, from], [2 * height, 2 * width, to]]) { m, x in
      let doubled = m.upsample(x[0], height: 2 * height, width: 2 * width)
      return m.activation(m.add(m.convolution(doubled, to: to), x[1]), .relu)
    }
    // The double is read twice, so it has to be written.
    try compare([[height, width, from]]) { m, x in
      let doubled = m.upsample(x[0], height: 2 * height, width: 2 * width)
      return m.add(m.convolution(doubled, to: from), doubled)
    }
  }

  @Test(arguments: [(600, 4), (512, 20)])
  func convolutionOfManyChannels(from: Int, to: Int) throws {
    try compare([[4, 5, from], [1, to]]) { m, x in m.add(m.convolution(x[0], to: to), x[1]) }
  }

  @Test func fusedEpilogues() throws {
    try compare([[8, 8, 16], [8, 8, 32], [1, 32]]) { m, x in
      let h = m.add(m["conv"].convolution(x[0], to: 32), x[2])
      return m.activation(m.add(h, x[1]), .silu)
    }
    try compare([[20, 16], [20, 24]]) { m, x in
      m.add(x[1], m.activation(m["fc"].linear(x[0], to: 24), .gelu))
    }
    try compare([[20, 16]]) { m, x in
      // Both addends are products: one of them takes the sum.
      m.add(m["a"].linear(x[0], to: 8), m["b"].linear(x[0], to: 8))
    }
  }

  @Test func productReadTwiceIsNotFused() throws {
    try compare([[20, 16]]) { m, x in
      let h = m["a"].linear(x[0], to: 16)
      return m.add(m.activation(h, .relu), h)
    }
  }

  @Test(arguments: Activation.allCases)
  func activation(_ activation: Activation) throws {
    try compare([[33, 70]]) { m, x in m.activation(m.affine(x[0], scale: 3), activation) }
  }

  @Test(arguments: [(4, 32, 8), (64, 32, 32), (300, 48, 16)])
  func normalisation(rows: Int, channels: Int, groups: Int) throws {
    try compare([[rows, 2, channels]]) { m, x in
      // A large mean must not cost digits.
      m.groupNorm(m.affine(x[0], scale: 1, offset: 50), groups: groups, epsilon: 1e-5)
    }
    try compare([[rows, 2, channels]]) { m, x in
      m.groupNorm(x[0], groups: groups, epsilon: 1e-6, activation: .silu)
    }
    try compare([[rows, channels]]) { m, x in m.layerNorm(x[0]) }
  }

  @Test(arguments: [(77, 77, 32, 4, true), (300, 77, 64, 2, false), (1030, 1030, 16, 1, false)])
  func attention(queries: Int, keys: Int, channels: Int, heads: Int, causal: Bool) throws {
    try compare([[queries, channels], [keys, channels], [keys, channels]]) { m, x in
      m.attention(x[0], x[1], x[2], heads: heads, causal: causal)
    }
  }

  @Test func shapes() throws {
    try compare([[5, 7, 6]]) { m, x in m.upsample(x[0], height: 9, width: 14) }
    try compare([[5, 7, 6], [5, 7, 10]]) { m, x in m.concatenate(x[0], x[1]) }
    try compare([[12, 20]]) { m, x in m.gatedGELU(x[0]) }
    try compare([[6, 10]]) { m, x in m.affine(m.reshape(x[0], [1, 60]), scale: 2) }
    try compare([[3]]) { m, x in
      m.sinusoid(m.affine(x[0], scale: 30), channels: 33, cosineFirst: true, frequencyShift: 0)
    }
  }

  @Test(.enabled(if: Precision.bfloat16.isSupported))
  func bfloat16IsClose() throws {
    try compare([[16, 16, 32]], precision: .bfloat16, tolerance: 1e-2) { m, x in
      let h = m["norm"].groupNorm(x[0], groups: 8, epsilon: 1e-5, activation: .silu)
      let conv = m["conv"].convolution(h, to: 64)
      return m["out"].pointwise(m.activation(conv, .silu), to: 32)
    }
  }

  /// Odd channels, few results, strides and doubled sources; and a matrix that is oneDNN's.
  @Test(
    .enabled(if: Precision.bfloat16.isSupported),
    arguments: [(3, 32), (32, 3), (5, 7), (33, 40), (1, 1)])
  func bfloat16IsCloseInEveryShape(from: Int, to: Int) throws {
    let (tolerance, shape) = (Float(1e-2), [9, 14, from])
    try compare([shape], precision: .bfloat16, tolerance: tolerance) { m, x in
      m.convolution(x[0], to: to)
    }
    try compare([shape], precision: .bfloat16, tolerance: tolerance) { m, x in
      m.convolution(x[0], to: to, stride: 2)
    }
    try compare([shape], precision: .bfloat16, tolerance: tolerance) { m, x in
      m.convolution(m.upsample(x[0], height: 18, width: 28), to: to)
    }
    try compare([[13, from]], precision: .bfloat16, tolerance: tolerance) { m, x in
      m["out"].linear(m["wide"].linear(x[0], to: 5000), to: to)
    }
  }

  @Test(.enabled(if: !Precision.bfloat16.isSupported))
  func saysThatTheProcessorHasNoBfloat16() throws {
    #expect(throws: BackendError.precision(.bfloat16)) {
      try compare([[1, 3]], precision: .bfloat16) { m, x in m.linear(x[0], to: 5) }
    }
  }

  @Test func plannedBuffersOfOneTimeNeverOverlap() {
    var random = RandomNumbers(seed: 3)
    let buffers = (0..<200).map { index in
      let length = Int(abs(random.next()) * 10)
      return MemoryPlan.Buffer(
        bytes: Int(abs(random.next()) * 1000) + 1, life: index...(index + length))
    }
    let plan = MemoryPlan(buffers)
    for a in buffers.indices {
      #expect(plan.offsets[a] + buffers[a].bytes <= plan.totalBytes)
      for b in 0..<a where buffers[a].life.overlaps(buffers[b].life) {
        #expect(
          plan.offsets[a] >= plan.offsets[b] + buffers[b].bytes
            || plan.offsets[b] >= plan.offsets[a] + buffers[a].bytes)
      }
    }
  }
}
