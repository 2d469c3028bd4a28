/// Attention over a picture's pixels and the prompt (diffusers `Transformer2DModel` with
/// `BasicTransformerBlock`).
struct SpatialTransformer {
  let depth: Int
  let heads: Int
  let groups: Int
  /// Whether the projections in and out are linear layers, else 1×1 convolutions.
  let usesLinearProjection: Bool

  /// - Parameter prompt: prompt embeds [T, D].
  func callAsFunction(_ m: ModuleBuilder, _ x: Graph.Value, prompt: Graph.Value) -> Graph.Value {
    let shape = m.shape(x)
    let channels = shape.channelCount
    var h = m["norm"].groupNorm(x, groups: groups, epsilon: 1e-6)
    h = m.reshape(h, [shape.rowCount, channels])
    h = project(m["proj_in"], h)
    for index in 0..<depth {
      h = block(m["transformer_blocks"][index], h, prompt)
    }
    h = project(m["proj_out"], h)
    return m.add(m.reshape(h, shape), x)
  }

  private func project(_ m: ModuleBuilder, _ x: Graph.Value) -> Graph.Value {
    let channels = m.shape(x).channelCount
    return usesLinearProjection ? m.linear(x, to: channels) : m.pointwise(x, to: channels)
  }

  private func block(
    _ m: ModuleBuilder, _ x: Graph.Value, _ prompt: Graph.Value
  ) -> Graph.Value {
    let channels = m.shape(x).channelCount
    let own = m["norm1"].layerNorm(x)
    var h = m.add(attention(m["attn1"], own, over: own), x)
    h = m.add(attention(m["attn2"], m["norm2"].layerNorm(h), over: prompt), h)
    let inner = m["ff"]["net"][0]["proj"].linear(m["norm3"].layerNorm(h), to: 8 * channels)
    return m.add(m["ff"]["net"][2].linear(m.gatedGELU(inner), to: channels), h)
  }

  private func attention(
    _ m: ModuleBuilder, _ x: Graph.Value, over context: Graph.Value
  ) -> Graph.Value {
    let channels = m.shape(x).channelCount
    let attended = m.attention(
      m["to_q"].linear(x, to: channels, bias: false),
      m["to_k"].linear(context, to: channels, bias: false),
      m["to_v"].linear(context, to: channels, bias: false), heads: heads)
    return m["to_out"][0].linear(attended, to: channels)
  }
}
