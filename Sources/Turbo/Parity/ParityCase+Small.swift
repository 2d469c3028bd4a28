extension ParityCase {
  /// Every kind of operation in small and odd shapes.
  static var small: [ParityCase] {
    products + convolutions + activations + normalizations + attentions + shapes + fusions
  }

  private static var products: [ParityCase] {
    var cases: [ParityCase] = []
    for (r, c, o) in [(1, 3, 5), (77, 64, 48), (256, 96, 192), (5, 33, 17)] {
      cases.append(.init("linear \(r)x\(c)>\(o)", [[r, c]]) { m, x in m.linear(x[0], to: o) })
    }
    cases.append(
      .init("linear no bias", [[77, 64]]) { m, x in m.linear(x[0], to: 40, bias: false) })
    return cases
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

  private static var activations: [ParityCase] {
    Activation.allCases.map { activation in
      .init("activation \(activation.rawValue)", [[33, 70]]) { m, x in
        m.activation(x[0], activation)
      }
    }
  }

  private static var normalizations: [ParityCase] {
    var cases: [ParityCase] = []
    for (h, c, groups) in [(2, 32, 8), (8, 32, 32), (17, 48, 16), (3, 36, 9)] {
      cases.append(
        .init("group norm \(h)x2x\(c) /\(groups)", [[h, 2, c]]) { m, x in
          m.groupNorm(x[0], groups: groups, epsilon: 1e-5, activation: .silu)
        })
    }
    for (r, c) in [(4, 32), (77, 768), (5, 33)] {
      cases.append(.init("layer norm \(r)x\(c)", [[r, c]]) { m, x in m.layerNorm(x[0]) })
    }
    return cases
  }

  private static var attentions: [ParityCase] {
    var cases: [ParityCase] = []
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
}
