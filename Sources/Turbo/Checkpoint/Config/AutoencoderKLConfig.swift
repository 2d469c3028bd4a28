/// `vae/config.json` of an AutoencoderKL, as far as decoding needs it; absent fields have diffusers'
/// defaults.
public struct AutoencoderKLConfig: Equatable, Sendable {
  /// The latents' distribution, one value a channel.
  public struct LatentStatistics: Equatable, Sendable {
    /// Means.
    public let mean: [Float]
    /// Standard deviations.
    public let deviation: [Float]
  }

  /// Channels of the latents.
  public let latentChannels: Int
  /// Channels of the picture.
  public let outChannels: Int
  /// Full resolution first; each further one halves it.
  public let blockChannels: [Int]
  /// Residual blocks a level of the encoder; the decoder has one more.
  public let layers: Int
  /// Groups of every group norm; divides the channels.
  public let normGroups: Int
  /// Latents are divided by this before they are decoded.
  public let scalingFactor: Float
  /// Where given, latents become `latents · deviation / scalingFactor + mean` instead.
  public let latentStatistics: LatentStatistics?
  /// Whether a 1×1 convolution comes first.
  public let usesPostQuantConvolution: Bool
  /// Whether the middle block has attention.
  public let hasMiddleAttention: Bool

  /// Pixels a latent, along a side.
  public var scale: Int { 1 << (blockChannels.count - 1) }

  /// Reads `vae/config.json`.
  public init(files: ModelFiles) throws(CheckpointError) {
    try self.init(json: files.data("vae/config.json"))
  }

  init(json: FileBytes) throws(CheckpointError) {
    let config = try ConfigReader(json)
    try config.require("act_fn", oneOf: [.string("silu"), .string("swish")])
    latentChannels = try config.integer("latent_channels", default: 4, in: 1...Limits.channels)
    outChannels = try config.integer("out_channels", default: 3, in: 3...3)
    blockChannels =
      try config.integers(
        "block_out_channels", in: 1...Limits.channels, counts: 1...Limits.blocks) ?? [64]
    layers = try config.integer("layers_per_block", default: 1, in: 1...Limits.layers)
    normGroups = try config.integer("norm_num_groups", default: 32, in: 1...Limits.channels)
    scalingFactor = Float(try config.number("scaling_factor", default: 0.18215, in: 1e-6...1e6))
    latentStatistics = try Self.statistics(config, channels: latentChannels)
    usesPostQuantConvolution = try config.bool("use_post_quant_conv", default: true)
    hasMiddleAttention = try config.bool("mid_block_add_attention", default: true)
    let types = try config.strings("up_block_types") ?? ["UpDecoderBlock2D"]
    for type in types where type != "UpDecoderBlock2D" {
      throw config.unsupported("up_block_types", .string(type), ["UpDecoderBlock2D"])
    }
    guard types.count == blockChannels.count else {
      throw config.invalid(
        "up_block_types", "\(types.count) entries, block_out_channels has \(blockChannels.count)")
    }
    for channels in blockChannels where !channels.isMultiple(of: normGroups) {
      throw config.invalid("norm_num_groups", "\(normGroups) does not divide \(channels)")
    }
  }

  private static func statistics(
    _ config: ConfigReader, channels: Int
  ) throws(CheckpointError) -> LatentStatistics? {
    let mean = try config.numbers("latents_mean", count: channels)
    let deviation = try config.numbers("latents_std", count: channels)
    guard let mean, let deviation else { return nil }
    return LatentStatistics(mean: mean, deviation: deviation)
  }
}
