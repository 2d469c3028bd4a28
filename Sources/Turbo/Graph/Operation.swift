/// What a node computes. `R` rows, `C` channels, `O` output channels, `K` kernel size.
enum Operation: Sendable {
  /// A value given at run time, by name. Token and row numbers are given as floats.
  case input(String)
  /// A tensor of the checkpoint as a value.
  case parameter(Parameter)
  /// Rows of `table` [V, C] picked by token numbers [T]: [T, C].
  case embedding(table: Parameter)
  /// Rows of the first input picked by the row numbers in the second.
  case pickRows
  /// [R, C] · weightᵀ [O, C] + bias [O]. A 1×1 convolution is one too: its weight may be [O, C, 1, 1].
  case linear(weight: Parameter, bias: Parameter?)
  /// Square kernel, weight [O, C, K, K].
  case convolution(weight: Parameter, bias: Parameter?, stride: Int, padding: Int)
  /// Group normalisation (Wu and He, arXiv:1803.08494), then the activation.
  case groupNorm(
    scale: Parameter, shift: Parameter, groups: Int, epsilon: Float, activation: Activation)
  case layerNorm(scale: Parameter, shift: Parameter, epsilon: Float)
  case activation(Activation)
  /// Sum of two values of one shape, or of a value and a vector that is added to each row.
  case add
  /// x · scale + offset.
  case affine(scale: Float, offset: Float)
  /// GEGLU (Shazeer, arXiv:2002.05202): first half of the channels times gelu of the second half.
  case gatedGELU
  /// Multi-head attention of queries [T, C] over keys and values [S, C], scaled by 1/√(C/heads).
  case attention(heads: Int, causal: Bool)
  /// Nearest-neighbour resampling to the node's height and width.
  case upsample
  /// Channels of the first input, then those of the second.
  case concatenate
  /// Sinusoidal embedding of each number of a vector [N]: [N, C] (diffusers `Timesteps`).
  case sinusoid(cosineFirst: Bool, frequencyShift: Float)
  /// The same elements in another shape.
  case reshape

  var parameters: [Parameter] {
    switch self {
    case .parameter(let p), .embedding(let p): [p]
    case .linear(let weight, let bias): [weight] + (bias.map { [$0] } ?? [])
    case .convolution(let weight, let bias, _, _): [weight] + (bias.map { [$0] } ?? [])
    case .groupNorm(let scale, let shift, _, _, _), .layerNorm(let scale, let shift, _):
      [scale, shift]
    default: []
    }
  }
}

/// A function of one number.
enum Activation: String, Sendable, CaseIterable {
  case identity, relu, silu, gelu, quickGELU, tanh
}
