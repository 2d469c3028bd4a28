/// SDXL's denoising UNet (Podell et al., arXiv:2307.01952; diffusers `UNet2DConditionModel` with
/// `addition_embed_type` "text_time").
///
/// Inputs: `latents` [h, w, C] scaled by the scheduler, `timestep` [1], `prompt_embeds` [T, D],
/// `pooled` [1, P], `time_ids` [6]. Output: `prediction` [h, w, C].
struct UNet {
  typealias Value = Graph.Value

  let config: UNetConfig

  /// The number of numbers in SDXL's size conditioning: original size, crop, target size.
  static let timeIDCount = 6

  private var resnet: ResnetBlock {
    ResnetBlock(
      groups: config.normGroups, epsilon: config.normEpsilon, activation: .silu)
  }

  private func transformer(depth: Int, heads: Int) -> SpatialTransformer {
    SpatialTransformer(
      depth: depth, heads: heads, groups: config.normGroups,
      usesLinearProjection: config.usesLinearProjection)
  }

  func graph(height: Int, width: Int, tokens: Int) -> Graph {
    let m = ModuleBuilder()
    let latents = m.input("latents", shape: [height, width, config.inChannels])
    let prompt = m.input("prompt_embeds", shape: [tokens, config.crossAttentionSize])
    let time = m.activation(timeEmbedding(m), .silu)

    var x = m["conv_in"].convolution(latents, to: config.levels[0].channels)
    var skips = [x]
    for (index, level) in config.levels.enumerated() {
      x = down(
        m["down_blocks"][index], x, level, isLast: index == config.levels.count - 1, prompt, time,
        &skips)
    }
    x = middle(m["mid_block"], x, prompt, time)
    for (index, level) in config.levels.reversed().enumerated() {
      x = up(m["up_blocks"][index], x, level, prompt, time, &skips)
    }
    x = m["conv_norm_out"].groupNorm(
      x, groups: config.normGroups, epsilon: config.normEpsilon, activation: .silu)
    m.output("prediction", m["conv_out"].convolution(x, to: config.outChannels))
    return m.graph
  }

  /// [1, E]: the timestep's embedding plus that of the pooled prompt and the sizes.
  private func timeEmbedding(_ m: ModuleBuilder) -> Value {
    func sinusoid(_ x: Value, _ channels: Int) -> Value {
      m.sinusoid(
        x, channels: channels, cosineFirst: config.flipsSineToCosine,
        frequencyShift: config.frequencyShift)
    }
    func embedding(_ m: ModuleBuilder, _ x: Value) -> Value {
      let size = config.timeEmbeddingSize
      let hidden = m.activation(m["linear_1"].linear(x, to: size), .silu)
      return m["linear_2"].linear(hidden, to: size)
    }
    let timestep = m.input("timestep", shape: [1])
    let sizes = sinusoid(
      m.input("time_ids", shape: [Self.timeIDCount]), config.additionTimeSize)
    let flat = m.reshape(sizes, [1, m.shape(sizes).elementCount])
    let pooled = m.input("pooled", shape: [1, config.pooledSize])
    return m.add(
      embedding(m["time_embedding"], sinusoid(timestep, config.levels[0].channels)),
      embedding(m["add_embedding"], m.concatenate(pooled, flat)))
  }

  private func down(
    _ m: ModuleBuilder, _ input: Value, _ level: UNetConfig.Level, isLast: Bool,
    _ prompt: Value, _ time: Value, _ skips: inout [Value]
  ) -> Value {
    let transformer = transformer(depth: level.downTransformerLayers, heads: level.headCount)
    var x = input
    for index in 0..<level.layers {
      x = resnet(m["resnets"][index], x, to: level.channels, time: time)
      if level.hasDownAttention {
        x = transformer(m["attentions"][index], x, prompt: prompt)
      }
      skips.append(x)
    }
    if !isLast {
      x = m["downsamplers"][0]["conv"].convolution(x, to: level.channels, stride: 2)
      skips.append(x)
    }
    return x
  }

  private func middle(
    _ m: ModuleBuilder, _ input: Value, _ prompt: Value, _ time: Value
  ) -> Value {
    let level = config.levels[config.levels.count - 1]
    let transformer = transformer(depth: level.downTransformerLayers, heads: level.headCount)
    var x = resnet(m["resnets"][0], input, to: level.channels, time: time)
    x = transformer(m["attentions"][0], x, prompt: prompt)
    return resnet(m["resnets"][1], x, to: level.channels, time: time)
  }

  private func up(
    _ m: ModuleBuilder, _ input: Value, _ level: UNetConfig.Level,
    _ prompt: Value, _ time: Value, _ skips: inout [Value]
  ) -> Value {
    let transformer = transformer(depth: level.upTransformerLayers, heads: level.headCount)
    var x = input
    for layer in 0...level.layers {
      x = m.concatenate(x, skips.removeLast())
      x = resnet(m["resnets"][layer], x, to: level.channels, time: time)
      if level.hasUpAttention {
        x = transformer(m["attentions"][layer], x, prompt: prompt)
      }
    }
    // Up to the size of what is joined next: an odd size is not twice the one below.
    if let next = skips.last {
      let target = m.shape(next)
      x = m.upsample(x, height: target[0], width: target[1])
      x = m["upsamplers"][0]["conv"].convolution(x, to: level.channels)
    }
    return x
  }
}
