/// `config.json` of a CLIP text encoder; absent fields have transformers' defaults.
public struct CLIPTextConfig: Equatable, Sendable {
  /// Activations between the two layers of a block's perceptron.
  public enum Activation: String, CaseIterable, Sendable {
    /// x · sigmoid(1.702 x), OpenAI's approximation.
    case quickGELU = "quick_gelu"
    /// The exact one, by erf.
    case gelu
  }

  /// Rows of the token embedding.
  public let vocabularySize: Int
  /// Channels of a token.
  public let hiddenSize: Int
  /// Channels inside a block's perceptron.
  public let intermediateSize: Int
  /// Channels of the pooled embedding of a CLIPTextModelWithProjection.
  public let projectionSize: Int
  /// Number of transformer blocks.
  public let layerCount: Int
  /// Number of attention heads; divides ``hiddenSize``.
  public let headCount: Int
  /// Tokens of a prompt, with start, end and padding.
  public let maximumPositions: Int
  /// The perceptron's activation.
  public let activation: Activation
  /// Added to the variance in every layer norm.
  public let normEpsilon: Float
  /// The token whose first position is pooled; or 2, a mistake of old configurations (SDXL's among
  /// them), which stands for "the position of the highest token id".
  public let endToken: Int

  /// Whether the pooled position is that of the highest token id: see ``endToken``.
  public var poolsAtHighestToken: Bool { endToken == 2 }

  /// Reads `config.json` of a component.
  public init(files: ModelFiles, component: String) throws(CheckpointError) {
    try self.init(json: files.data("\(component)/config.json"))
  }

  init(json: FileBytes) throws(CheckpointError) {
    var config = try ConfigReader(json)
    // A whole CLIP model's configuration nests the text encoder's.
    if case .object(let fields)? = config["text_config"] {
      config = ConfigReader(file: config.file, fields: fields)
    }
    vocabularySize = try config.integer("vocab_size", default: 49408, in: 1...10_000_000)
    hiddenSize = try config.integer("hidden_size", default: 512, in: 1...Limits.channels)
    intermediateSize = try config.integer(
      "intermediate_size", default: 2048, in: 1...Limits.channels)
    projectionSize = try config.integer("projection_dim", default: 512, in: 1...Limits.channels)
    layerCount = try config.integer("num_hidden_layers", default: 12, in: 1...Limits.layers)
    headCount = try config.integer("num_attention_heads", default: 8, in: 1...Limits.heads)
    maximumPositions = try config.integer("max_position_embeddings", default: 77, in: 3...8192)
    activation = try config.choice("hidden_act", default: .quickGELU)
    normEpsilon = Float(try config.number("layer_norm_eps", default: 1e-5, in: 0...1))
    endToken = try config.integer("eos_token_id", default: 49407, in: 0...10_000_000)
    guard hiddenSize.isMultiple(of: headCount) else {
      throw config.invalid("num_attention_heads", "\(headCount) does not divide \(hiddenSize)")
    }
  }
}
