extension ParityCase {
  /// What costs most of the time in models of SDXL's size, to be timed.
  static var large: [ParityCase] { products + convolutions + attentions + others }

  private static let half: [Precision] = [.float16, .bfloat16]

  private static var products: [ParityCase] {
    [
      linear(4096, 640, 5120), linear(1024, 1280, 10240), linear(1024, 5120, 1280),
      linear(1024, 1280, 1280), linear(77, 2048, 1280),
    ]
  }

  private static var convolutions: [ParityCase] {
    [
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
    ]
  }

  private static var attentions: [ParityCase] {
    [
      attention(1024, 1024, 20), attention(1024, 77, 20), attention(4096, 4096, 10),
      attention(4096, 77, 10),
      .init(
        "attention 4096/4096 1x512", Array(repeating: [4096, 512], count: 3), in: [.bfloat16],
        operations: 4 * 4096 * 4096 * 512
      ) { m, x in m.attention(x[0], x[1], x[2], heads: 1) },
    ]
  }

  private static var others: [ParityCase] {
    [
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

  private static func attention(_ queries: Int, _ keys: Int, _ heads: Int) -> ParityCase {
    let c = heads * 64
    return .init(
      "attention \(queries)/\(keys) \(heads)x64", [[queries, c], [keys, c], [keys, c]],
      in: half, operations: 4 * queries * keys * c
    ) { m, x in m.attention(x[0], x[1], x[2], heads: heads) }
  }
}
