/// CLIP's text transformer (Radford et al., arXiv:2103.00020; transformers `CLIPTextModel` and
/// `CLIPTextModelWithProjection`).
///
/// Inputs: `ids` [T] token numbers, `end` [1] the row of the end token.
/// Outputs: `hidden` [T, C], the penultimate layer's states as SDXL reads them, and with a
/// projection `pooled` [1, P].
struct CLIPTextEncoder {
  let config: CLIPTextConfig
  let hasProjection: Bool
  /// What the keys of the transformer begin with: `text_model`, or nothing in files that
  /// transformers 5 and later wrote.
  let prefix: String?

  /// Keys that may be left over: a buffer that old versions of transformers saved, and the
  /// projection where none is wanted.
  var unusedKeys: [String] {
    let positions = "embeddings.position_ids"
    return [prefix.map { "\($0).\(positions)" } ?? positions]
      + (hasProjection ? [] : ["text_projection.weight"])
  }

  func graph() -> Graph {
    let root = ModuleBuilder()
    let model = prefix.map { root[$0] } ?? root
    let ids = root.input("ids", shape: [config.maximumPositions])
    let end = root.input("end", shape: [1])

    let embeddings = model["embeddings"]
    let tokens = embeddings["token_embedding"].embedding(
      ids, vocabulary: config.vocabularySize, channels: config.hiddenSize)
    let positions = embeddings["position_embedding"].weight(
      shape: [config.maximumPositions, config.hiddenSize])
    var x = root.add(tokens, positions)

    var penultimate = x
    for index in 0..<config.layerCount {
      penultimate = x
      x = layer(model["encoder"]["layers"][index], x)
    }
    root.output("hidden", penultimate)

    // Without a projection nothing reads the last layer, and pruning removes it.
    x = model["final_layer_norm"].layerNorm(x, epsilon: config.normEpsilon)
    if hasProjection {
      let pooled = root["text_projection"].linear(
        root.pickRows(x, end), to: config.projectionSize, bias: false)
      root.output("pooled", pooled)
    }
    return root.graph
  }

  private func layer(_ m: ModuleBuilder, _ x: Graph.Value) -> Graph.Value {
    let attention = m["self_attn"]
    let normed = m["layer_norm1"].layerNorm(x, epsilon: config.normEpsilon)
    let attended = m.attention(
      attention["q_proj"].linear(normed, to: config.hiddenSize),
      attention["k_proj"].linear(normed, to: config.hiddenSize),
      attention["v_proj"].linear(normed, to: config.hiddenSize),
      heads: config.headCount, causal: true)
    let x = m.add(attention["out_proj"].linear(attended, to: config.hiddenSize), x)

    let inner = m["mlp"]["fc1"].linear(
      m["layer_norm2"].layerNorm(x, epsilon: config.normEpsilon), to: config.intermediateSize)
    let activated = m.activation(inner, config.activation == .gelu ? .gelu : .quickGELU)
    return m.add(m["mlp"]["fc2"].linear(activated, to: config.hiddenSize), x)
  }
}
