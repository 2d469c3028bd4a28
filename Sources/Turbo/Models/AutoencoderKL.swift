/// The decoder of Stable Diffusion's autoencoder (Rombach et al., arXiv:2112.10752; diffusers
/// `AutoencoderKL`).
///
/// Input: `latents` [h, w, C] unscaled. Output: `image` [H, W, 3], 0...1 (not
/// clamped).
struct AutoencoderKL {
  let config: AutoencoderKLConfig

  /// Keys of the encoder, which drawing does not need.
  static let unusedKeys = ["encoder.", "quant_conv."]

  private var resnet: ResnetBlock {
    ResnetBlock(groups: config.normGroups, epsilon: 1e-6, activation: .silu)
  }

  func graph(height: Int, width: Int) -> Graph {
    let m = ModuleBuilder()
    let latents = m.input("latents", shape: [height, width, config.latentChannels])
    var x = latents
    if config.usesPostQuantConvolution {
      x = m["post_quant_conv"].pointwise(x, to: config.latentChannels)
    }
    x = decoder(m["decoder"], x)
    m.output("image", m.affine(x, scale: 0.5, offset: 0.5))
    return m.graph
  }

  private func decoder(_ m: ModuleBuilder, _ latents: Graph.Value) -> Graph.Value {
    let widths = Array(config.blockChannels.reversed())
    var x = m["conv_in"].convolution(latents, to: widths[0])
    x = middle(m["mid_block"], x, widths[0])
    for (index, channels) in widths.enumerated() {
      let block = m["up_blocks"][index]
      for layer in 0...config.layers {
        x = resnet(block["resnets"][layer], x, to: channels)
      }
      if index < widths.count - 1 {
        let shape = m.shape(x)
        x = m.upsample(x, height: 2 * shape[0], width: 2 * shape[1])
        x = block["upsamplers"][0]["conv"].convolution(x, to: channels)
      }
    }
    x = m["conv_norm_out"].groupNorm(
      x, groups: config.normGroups, epsilon: 1e-6, activation: .silu)
    return m["conv_out"].convolution(x, to: config.outChannels)
  }

  private func middle(
    _ m: ModuleBuilder, _ input: Graph.Value, _ channels: Int
  ) -> Graph.Value {
    var x = resnet(m["resnets"][0], input, to: channels)
    if config.hasMiddleAttention {
      x = attention(m["attentions"][0], x, channels)
    }
    return resnet(m["resnets"][1], x, to: channels)
  }

  /// Single-head attention over all pixels.
  private func attention(
    _ m: ModuleBuilder, _ x: Graph.Value, _ channels: Int
  ) -> Graph.Value {
    let shape = m.shape(x)
    var h = m["group_norm"].groupNorm(x, groups: config.normGroups, epsilon: 1e-6)
    h = m.reshape(h, [shape.rowCount, channels])
    h = m.attention(
      m["to_q"].linear(h, to: channels), m["to_k"].linear(h, to: channels),
      m["to_v"].linear(h, to: channels), heads: 1)
    h = m["to_out"][0].linear(h, to: channels)
    return m.add(m.reshape(h, shape), x)
  }
}
