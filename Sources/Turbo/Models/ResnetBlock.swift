/// The residual block of the UNet and of the autoencoder (diffusers `ResnetBlock2D`):
/// x + conv2(silu(norm2(conv1(silu(norm1(x))) + time))).
struct ResnetBlock {
  let groups: Int
  let epsilon: Float
  let activation: Activation

  /// - Parameter time: silu of the time embedding [1, E], where the block has one.
  func callAsFunction(
    _ m: ModuleBuilder, _ x: Graph.Value, to channels: Int, time: Graph.Value? = nil
  ) -> Graph.Value {
    var h = m["norm1"].groupNorm(x, groups: groups, epsilon: epsilon, activation: activation)
    h = m["conv1"].convolution(h, to: channels)
    if let time {
      h = m.add(h, m["time_emb_proj"].linear(time, to: channels))
    }
    h = m["norm2"].groupNorm(h, groups: groups, epsilon: epsilon, activation: activation)
    h = m["conv2"].convolution(h, to: channels)
    let skip =
      m.shape(x).channelCount == channels ? x : m["conv_shortcut"].pointwise(x, to: channels)
    return m.add(h, skip)
  }
}
