/// One operation on random numbers, to be computed by two backends.
struct ParityCase {
  /// What an input holds.
  enum Content {
    case numbers
    /// Row or token numbers below a count.
    case rows(Int)
  }

  typealias Body = (ModuleBuilder, [Graph.Value]) -> Graph.Value

  let name: String
  let inputs: [(shape: [Int], content: Content)]
  let precisions: [Precision]
  /// Arithmetic operations of one run, where they are worth counting.
  let operations: Int
  let body: Body

  init(
    _ name: String, _ shapes: [[Int]],
    in precisions: [Precision] = [.float16, .bfloat16, .float32],
    operations: Int = 0, contents: [Content] = [], _ body: @escaping Body
  ) {
    self.name = name
    inputs = shapes.enumerated().map {
      ($0.element, $0.offset < contents.count ? contents[$0.offset] : .numbers)
    }
    self.precisions = precisions
    self.operations = operations
    self.body = body
  }

  var graph: Graph {
    let m = ModuleBuilder()
    let values = inputs.enumerated().map { m.input("x\($0.offset)", shape: $0.element.shape) }
    m.output("y", body(m["layer"], values))
    return m.graph
  }

  /// Values for all inputs.
  func values() -> [String: [Float]] {
    var random = RandomNumbers(seed: 7)
    var values: [String: [Float]] = [:]
    for (index, input) in inputs.enumerated() {
      let count = input.shape.elementCount
      switch input.content {
      case .numbers: values["x\(index)"] = random.values(count)
      case .rows(let limit):
        values["x\(index)"] = (0..<count).map { Float(($0 * 7919 + 13) % limit) }
      }
    }
    return values
  }
}

// MARK: - The cases

extension ParityCase {
  /// Every kind of operation in small and odd shapes, then in SDXL's.
  static var all: [ParityCase] { small + large + convolutions + fusions }

  private static var small: [ParityCase] {
    var cases: [ParityCase] = []
    for (r, c, o) in [(1, 3, 5), (77, 64, 48), (256, 96, 192), (5, 33, 17)] {
      cases.append(.init("linear \(r)x\(c)>\(o)", [[r, c]]) { m, x in m.linear(x[0], to: o) })
    }
    cases.append(
      .init("linear no bias", [[77, 64]]) { m, x in m.linear(x[0], to: 40, bias: false) })
    for activation in Activation.allCases {
      cases.append(
        .init("activation \(activation.rawValue)", [[33, 70]]) { m, x in
          m.activation(x[0], activation)
        })
    }
    for (h, c, groups) in [(2, 32, 8), (8, 32, 32), (17, 48, 16), (3, 36, 9)] {
      cases.append(
        .init("group norm \(h)x2x\(c) /\(groups)", [[h, 2, c]]) { m, x in
          m.groupNorm(x[0], groups: groups, epsilon: 1e-5, activation: .silu)
        })
    }
    for (r, c) in [(4, 32), (77, 768), (5, 33)] {
      cases.append(.init("layer norm \(r)x\(c)", [[r, c]]) { m, x in m.layerNorm(x[0]) })
    }
    for (t, s, c, heads, causal) in [
      (77, 77, 32, 4, true), (300, 77, 64, 2, false), (130, 130, 16, 1, false),
      (64, 64, 80, 4, false), (77, 77, 768, 12, true), (70, 200, 128, 1, false),
      (128, 128, 512, 1, false),
    ] {
      cases.append(
        .init(
          "attention \(t)/\(s) \(heads)x\(c / heads)\(causal ? " causal" : "")",
          [[t, c], [s, c], [s, c]]
        ) { m, x in m.attention(x[0], x[1], x[2], heads: heads, causal: causal) })
    }
    return cases + shapes
  }

  private static var convolutions: [ParityCase] {
    var cases: [ParityCase] = []
    for (c, o, h, w) in [
      (4, 32, 8, 6), (32, 32, 16, 16), (32, 3, 9, 7), (48, 64, 5, 11), (33, 20, 6, 6),
    ] {
      let name = "\(h)x\(w) \(c)>\(o)"
      cases.append(.init("conv3 \(name)", [[h, w, c]]) { m, x in m.convolution(x[0], to: o) })
      cases.append(
        .init("conv3 stride2 \(name)", [[h, w, c]]) { m, x in
          m.convolution(x[0], to: o, stride: 2)
        })
    }
    cases.append(
      .init("conv3 no bias", [[8, 8, 32]]) { m, x in m.convolution(x[0], to: 64, bias: false) })
    return cases
  }

  private static var shapes: [ParityCase] {
    [
      .init("upsample 5x7>9x14", [[5, 7, 6]]) { m, x in m.upsample(x[0], height: 9, width: 14) },
      .init("upsample 8x8>16x16", [[8, 8, 32]]) { m, x in
        m.upsample(x[0], height: 16, width: 16)
      },
      .init("concatenate 6 10", [[5, 7, 6], [5, 7, 10]]) { m, x in m.concatenate(x[0], x[1]) },
      .init("concatenate 16 32", [[5, 7, 16], [5, 7, 32]]) { m, x in m.concatenate(x[0], x[1]) },
      .init("gated gelu", [[12, 64]]) { m, x in m.gatedGELU(x[0]) },
      .init("affine of a reshape", [[6, 10]]) { m, x in
        m.affine(m.reshape(x[0], [1, 60]), scale: 2, offset: 1)
      },
      .init("add a picture", [[4, 4, 32], [4, 4, 32]]) { m, x in m.add(x[0], x[1]) },
      .init("add a vector", [[4, 4, 32], [1, 32]]) { m, x in m.add(x[0], x[1]) },
      .init("sinusoid", [[3]], contents: [.rows(1000)]) { m, x in
        m.sinusoid(x[0], channels: 33, cosineFirst: true, frequencyShift: 0)
      },
      .init("embedding", [[77]], contents: [.rows(1000)]) { m, x in
        m.embedding(x[0], vocabulary: 1000, channels: 64)
      },
      .init("pick rows", [[77, 64], [2]], contents: [.numbers, .rows(77)]) { m, x in
        m.pickRows(x[0], x[1])
      },
      .init("parameter", [[8, 32]]) { m, x in m.add(x[0], m.weight(shape: [8, 32])) },
    ]
  }

  private static var fusions: [ParityCase] {
    [
      .init("conv + vector + picture, silu", [[8, 8, 16], [8, 8, 32], [1, 32]]) { m, x in
        let h = m.add(m["conv"].convolution(x[0], to: 32), x[2])
        return m.activation(m.add(h, x[1]), .silu)
      },
      .init("gelu of linear + picture", [[20, 16], [20, 24]]) { m, x in
        m.add(x[1], m.activation(m["fc"].linear(x[0], to: 24), .gelu))
      },
      .init("linear + linear", [[20, 16]]) { m, x in
        m.add(m["a"].linear(x[0], to: 8), m["b"].linear(x[0], to: 8))
      },
      .init("conv of a doubled picture", [[6, 7, 32], [12, 14, 16]]) { m, x in
        let doubled = m.upsample(x[0], height: 12, width: 14)
        return m.activation(m.add(m.convolution(doubled, to: 16), x[1]), .relu)
      },
      .init("resnet block", [[16, 16, 32], [1, 64]]) { m, x in
        ResnetBlock(groups: 8, epsilon: 1e-5, activation: .silu)(m, x[0], to: 64, time: x[1])
      },
      .init("transformer", [[8, 8, 64], [77, 48]]) { m, x in
        SpatialTransformer(depth: 2, heads: 2, groups: 8, usesLinearProjection: true)(
          m, x[0], prompt: x[1])
      },
    ]
  }

  private static let half: [Precision] = [.float16, .bfloat16]

  private static func convolution(
    _ side: Int, _ from: Int, _ to: Int, _ precision: Precision, residual: Bool = true
  ) -> ParityCase {
    let shapes = residual ? [[side, side, from], [side, side, to]] : [[side, side, from]]
    return .init(
      "conv3 \(side)x\(side) \(from)>\(to)\(residual ? " + picture" : "")", shapes, in: [precision],
      operations: 18 * side * side * from * to
    ) { m, x in
      let y = m.convolution(x[0], to: to)
      return residual ? m.add(y, x[1]) : y
    }
  }

  private static func linear(_ rows: Int, _ from: Int, _ to: Int) -> ParityCase {
    .init(
      "linear \(rows)x\(from)>\(to)", [[rows, from]], in: [.float16],
      operations: 2 * rows * from * to
    ) { m, x in m.linear(x[0], to: to) }
  }

  private static var large: [ParityCase] {
    [
      linear(4096, 640, 5120), linear(1024, 1280, 10240), linear(1024, 5120, 1280),
      linear(1024, 1280, 1280), linear(77, 2048, 1280),
      convolution(64, 4, 320, .float16, residual: false),
      convolution(64, 320, 320, .float16), convolution(64, 640, 320, .float16, residual: false),
      convolution(32, 640, 640, .float16), convolution(16, 1280, 1280, .float16),
      convolution(32, 1920, 640, .float16, residual: false),
      convolution(16, 2560, 1280, .float16, residual: false),
      convolution(64, 320, 4, .float16, residual: false),
      convolution(64, 512, 512, .bfloat16), convolution(128, 512, 512, .bfloat16),
      convolution(256, 256, 256, .bfloat16), convolution(256, 512, 256, .bfloat16, residual: false),
      convolution(512, 256, 128, .bfloat16, residual: false),
      convolution(512, 128, 128, .bfloat16), convolution(512, 128, 128, .float16),
      convolution(512, 128, 3, .bfloat16, residual: false),
      .init("conv3 stride2 64x64 320", [[64, 64, 320]], in: [.float16]) { m, x in
        m.convolution(x[0], to: 320, stride: 2)
      },
      attention(1024, 1024, 20), attention(1024, 77, 20), attention(4096, 4096, 10),
      attention(4096, 77, 10),
      .init(
        "attention 4096/4096 1x512", Array(repeating: [4096, 512], count: 3), in: [.bfloat16],
        operations: 4 * 4096 * 4096 * 512
      ) { m, x in m.attention(x[0], x[1], x[2], heads: 1) },
      .init("group norm 64x64x320", [[64, 64, 320]], in: half) { m, x in
        m.groupNorm(x[0], groups: 32, epsilon: 1e-5, activation: .silu)
      },
      .init("group norm 512x512x128", [[512, 512, 128]], in: half) { m, x in
        m.groupNorm(x[0], groups: 32, epsilon: 1e-6, activation: .silu)
      },
      .init("layer norm 1024x1280", [[1024, 1280]], in: half) { m, x in m.layerNorm(x[0]) },
      .init("gated gelu 1024x5120", [[1024, 10240]], in: half) { m, x in m.gatedGELU(x[0]) },
      .init("upsample 256>512 x256", [[256, 256, 256]], in: [.bfloat16]) { m, x in
        m.upsample(x[0], height: 512, width: 512)
      },
      .init("concatenate 64x64 640 320", [[64, 64, 640], [64, 64, 320]], in: [.float16]) { m, x in
        m.concatenate(x[0], x[1])
      },
    ]
  }

  private static func attention(_ queries: Int, _ keys: Int, _ heads: Int) -> ParityCase {
    let c = heads * 64
    return .init(
      "attention \(queries)/\(keys) \(heads)x64", [[queries, c], [keys, c], [keys, c]],
      in: half, operations: 4 * queries * keys * c
    ) { m, x in m.attention(x[0], x[1], x[2], heads: heads) }
  }
}
