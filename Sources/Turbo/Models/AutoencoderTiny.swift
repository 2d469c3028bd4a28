/// The decoder of the tiny autoencoder (TAESD, github.com/madebyollin/taesd; diffusers
/// `AutoencoderTiny`).
///
/// Input: `latents` [h, w, C] unscaled. Output: `image` [H, W, 3], 0...1 (not
/// clamped).
struct AutoencoderTiny {
  let config: AutoencoderTinyConfig

  /// Keys of the encoder, which drawing does not need.
  static let unusedKeys = ["encoder."]

  private var activation: Activation {
    switch config.activation {
    case .relu: .relu
    case .silu: .silu
    case .gelu: .gelu
    }
  }

  func graph(height: Int, width: Int) -> Graph {
    let m = ModuleBuilder()
    let layers = m["decoder"]["layers"]
    let latents = m.input("latents", shape: [height, width, config.latentChannels])
    // A soft clamp to ±3.
    var x = m.activation(m.affine(latents, scale: 1 / 3.0), .tanh)
    x = m.affine(x, scale: 3)
    x = layers[0].convolution(x, to: config.blockChannels[0])
    x = m.activation(x, activation)

    // Layers are numbered as in torch's Sequential, activations and resampling included.
    var index = 2
    for (stage, blocks) in config.blockCounts.enumerated() {
      let channels = config.blockChannels[stage]
      for _ in 0..<blocks {
        x = block(layers[index], x, channels)
        index += 1
      }
      let isLast = stage == config.blockCounts.count - 1
      if !isLast {
        let shape = m.shape(x)
        x = m.upsample(x, height: 2 * shape[0], width: 2 * shape[1])
        index += 1
      }
      x = layers[index].convolution(x, to: isLast ? config.outChannels : channels, bias: isLast)
      index += 1
    }
    // diffusers maps to -1...1 here and back to 0...1 in its image processor: nothing to do.
    m.output("image", x)
    return m.graph
  }

  private func block(_ m: ModuleBuilder, _ x: Graph.Value, _ channels: Int) -> Graph.Value {
    var h = m.activation(m["conv"][0].convolution(x, to: channels), activation)
    h = m.activation(m["conv"][2].convolution(h, to: channels), activation)
    h = m["conv"][4].convolution(h, to: channels)
    return m.activation(m.add(h, x), .relu)
  }
}
