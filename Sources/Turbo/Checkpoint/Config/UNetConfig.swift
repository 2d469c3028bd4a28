/// `unet/config.json` of a UNet2DConditionModel with SDXL's conditioning; absent fields have
/// diffusers' defaults, and what is not implemented is refused by name.
public struct UNetConfig: Equatable, Sendable {
  /// One resolution of the network, from full to coarse; up blocks mirror it.
  public struct Level: Equatable, Sendable {
    /// Channels out of the level.
    public let channels: Int
    /// Residual blocks on the way down; one more on the way up.
    public let layers: Int
    /// Whether each residual block of the way down is followed by a transformer.
    public let hasDownAttention: Bool
    /// Whether each residual block of the way up is followed by a transformer.
    public let hasUpAttention: Bool
    /// Blocks in each transformer of the way down (and of the middle, for the last level).
    public let downTransformerLayers: Int
    /// Blocks in each transformer of the way up.
    public let upTransformerLayers: Int
    /// Heads of each attention; divides ``channels``.
    public let headCount: Int
  }

  /// Channels of the latents that come in.
  public let inChannels: Int
  /// Channels of the prediction.
  public let outChannels: Int
  /// The latents' side that the model was made for; a hint, since it draws in any size.
  public let sampleSize: Int?
  /// Full resolution first.
  public let levels: [Level]
  /// Channels of a token of the prompt.
  public let crossAttentionSize: Int
  /// Whether a transformer's `proj_in` and `proj_out` are linear layers (else 1×1 convolutions).
  public let usesLinearProjection: Bool
  /// Channels of the sinusoids of each of the six numbers of size and crop.
  public let additionTimeSize: Int
  /// Channels of pooled embedding and sinusoids together.
  public let additionInputSize: Int
  /// Groups of every group norm; divides the channels.
  public let normGroups: Int
  /// Added to the variance in group norms of residual blocks and of the output.
  public let normEpsilon: Float
  /// Whether cosines come before sines in the sinusoids.
  public let flipsSineToCosine: Bool
  /// Subtracted from half the channels in the exponent's denominator of the sinusoids.
  public let frequencyShift: Float

  /// Channels of the time embedding after its first layer.
  public var timeEmbeddingSize: Int { levels[0].channels * 4 }
  /// Channels of the pooled embedding of the prompt.
  public var pooledSize: Int { additionInputSize - 6 * additionTimeSize }

  /// Reads `unet/config.json`.
  public init(files: ModelFiles) throws(CheckpointError) {
    try self.init(json: files.data("unet/config.json"))
  }

  init(json: FileBytes) throws(CheckpointError) {
    let config = try ConfigReader(json)
    try Self.refuseUnsupported(config)
    inChannels = try config.integer("in_channels", default: 4, in: 1...Limits.channels)
    outChannels = try config.integer("out_channels", default: 4, in: 1...Limits.channels)
    sampleSize = try Self.sampleSize(config)
    levels = try Self.levels(config)
    crossAttentionSize = try Self.crossAttentionSize(config)
    usesLinearProjection = try config.bool("use_linear_projection", default: false)
    // SDXL's is always written; diffusers' own default, nil, makes a model without conditioning.
    additionTimeSize = try config.integer(
      "addition_time_embed_dim", default: nil, in: 2...Limits.channels)
    additionInputSize = try config.integer(
      "projection_class_embeddings_input_dim", default: nil, in: 1...Limits.channels)
    normGroups = try config.integer("norm_num_groups", default: 32, in: 1...Limits.channels)
    normEpsilon = Float(try config.number("norm_eps", default: 1e-5, in: 0...1))
    flipsSineToCosine = try config.bool("flip_sin_to_cos", default: true)
    frequencyShift = Float(try config.number("freq_shift", default: 0, in: -1000...1000))
    try checkAgreement(config)
  }

  private static func sampleSize(_ config: ConfigReader) throws(CheckpointError) -> Int? {
    switch config["sample_size"] {
    case nil: nil
    case .array?:
      try config.integers("sample_size", in: 1...Limits.size, counts: 2...2)?.max()
    default: try config.integer("sample_size", default: nil, in: 1...Limits.size)
    }
  }

  private static func levels(_ config: ConfigReader) throws(CheckpointError) -> [Level] {
    let channels =
      try config.integers(
        "block_out_channels", in: 1...Limits.channels, counts: 1...Limits.blocks)
      ?? [320, 640, 1280, 1280]
    let count = channels.count
    let down = try attention(
      config, "down_block_types", plain: "DownBlock2D", attending: "CrossAttnDownBlock2D",
      default: [true, true, true, false], count: count)
    let up = try attention(
      config, "up_block_types", plain: "UpBlock2D", attending: "CrossAttnUpBlock2D",
      default: [false, true, true, true], count: count)
    let layers = try config.integers(
      "layers_per_block", default: 2, in: 1...Limits.layers, count: count)
    let transformers = try config.integers(
      "transformer_layers_per_block", default: 1, in: 1...Limits.layers, count: count)
    let reversed = try config.integers(
      "reverse_transformer_layers_per_block", in: 1...Limits.layers, counts: count...count)
    // By diffusers' long-standing misnomer this field is the NUMBER of heads.
    let heads = try config.integers(
      "attention_head_dim", default: 8, in: 1...Limits.heads, count: count)
    return (0..<count).map { i in
      Level(
        channels: channels[i], layers: layers[i],
        hasDownAttention: down[i], hasUpAttention: up[count - 1 - i],
        downTransformerLayers: transformers[i],
        upTransformerLayers: reversed?[count - 1 - i] ?? transformers[i],
        headCount: heads[i])
    }
  }

  private static func attention(
    _ config: ConfigReader, _ field: String, plain: String, attending: String, default: [Bool],
    count: Int
  ) throws(CheckpointError) -> [Bool] {
    var flags = `default`
    if let types = try config.strings(field) {
      for type in types where type != plain && type != attending {
        throw config.unsupported(field, .string(type), [plain, attending])
      }
      flags = types.map { $0 == attending }
    }
    guard flags.count == count else {
      throw config.invalid(field, "\(flags.count) entries, block_out_channels has \(count)")
    }
    return flags
  }

  private static func crossAttentionSize(_ config: ConfigReader) throws(CheckpointError) -> Int {
    let field = "cross_attention_dim"
    guard case .array? = config[field],
      let list = try config.integers(
        field, in: 1...Limits.channels, counts: 1...Limits.blocks)
    else { return try config.integer(field, default: 1280, in: 1...Limits.channels) }
    guard Set(list).count == 1 else {
      throw .unsupported(
        file: config.file, field: field, found: "\(list)", supported: "one size for all blocks")
    }
    return list[0]
  }

  /// Every switch of the class that changes the computation must be where SDXL has it.
  private static func refuseUnsupported(_ config: ConfigReader) throws(CheckpointError) {
    guard config["addition_embed_type"] == .string("text_time") else {
      throw config.unsupported(
        "addition_embed_type", config["addition_embed_type"] ?? .null, ["text_time"])
    }
    // null: a model without a middle block, or without a norm at its end.
    try config.refuseNull("mid_block_type", "UNetMidBlock2DCrossAttn")
    try config.refuseNull("norm_num_groups", "a number")
    try config.require("mid_block_type", oneOf: [.string("UNetMidBlock2DCrossAttn")])
    try config.require("act_fn", oneOf: [.string("silu"), .string("swish")])
    try config.require("time_embedding_type", oneOf: [.string("positional")])
    try config.require("resnet_time_scale_shift", oneOf: [.string("default")])
    try config.require("attention_type", oneOf: [.string("default")])
    for field in ["downsample_padding", "mid_block_scale_factor", "resnet_out_scale_factor"] {
      try config.require(field, oneOf: [.integer(1), .number(1)])
    }
    for field in ["conv_in_kernel", "conv_out_kernel"] {
      try config.require(field, oneOf: [.integer(3)])
    }
    for field in [
      "center_input_sample", "only_cross_attention", "dual_cross_attention",
      "resnet_skip_time_act", "class_embeddings_concat", "mid_block_only_cross_attention",
    ] {
      try config.require(field, oneOf: [.bool(false)])
    }
    for field in [
      "encoder_hid_dim", "encoder_hid_dim_type", "num_attention_heads", "class_embed_type",
      "num_class_embeds", "time_embedding_dim", "time_embedding_act_fn", "timestep_post_act",
      "time_cond_proj_dim", "cross_attention_norm",
    ] {
      try config.require(field, oneOf: [.null])
    }
  }

  private func checkAgreement(_ config: ConfigReader) throws(CheckpointError) {
    for level in levels {
      guard level.channels.isMultiple(of: normGroups) else {
        throw config.invalid("norm_num_groups", "\(normGroups) does not divide \(level.channels)")
      }
      let attends = level.hasDownAttention || level.hasUpAttention || level == levels.last
      guard !attends || level.channels.isMultiple(of: level.headCount) else {
        throw config.invalid(
          "attention_head_dim", "\(level.headCount) heads do not divide \(level.channels)")
      }
    }
    guard pooledSize > 0 else {
      throw config.invalid(
        "projection_class_embeddings_input_dim",
        "\(additionInputSize) leaves no room beside six times addition_time_embed_dim")
    }
    guard additionTimeSize.isMultiple(of: 2), levels[0].channels.isMultiple(of: 2) else {
      throw config.invalid("addition_time_embed_dim", "sinusoids need an even number of channels")
    }
  }
}
