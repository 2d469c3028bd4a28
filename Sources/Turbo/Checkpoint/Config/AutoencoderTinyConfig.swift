/// `vae/config.json` of an AutoencoderTiny, as far as decoding needs it; absent fields have
/// diffusers' defaults.
public struct AutoencoderTinyConfig: Equatable, Sendable {
  /// Activations between convolutions. The one after a block's sum is always ReLU.
  public enum Activation: String, CaseIterable, Sendable {
    /// max(x, 0)
    case relu
    /// x · sigmoid(x)
    case silu
    /// The exact one, by erf.
    case gelu
  }

  /// Channels of the latents.
  public let latentChannels: Int
  /// Channels of the picture.
  public let outChannels: Int
  /// Channels of each level of the decoder, coarse first.
  public let blockChannels: [Int]
  /// Residual blocks of each level of the decoder, coarse first.
  public let blockCounts: [Int]
  /// The activation between convolutions.
  public let activation: Activation
  /// Latents are divided by this before they are decoded.
  public let scalingFactor: Float

  /// Pixels a latent, along a side.
  public var scale: Int { 1 << (blockChannels.count - 1) }

  /// Reads `vae/config.json`.
  public init(files: ModelFiles) throws(CheckpointError) {
    try self.init(json: files.data("vae/config.json"))
  }

  init(json: FileBytes) throws(CheckpointError) {
    let config = try ConfigReader(json)
    try config.require("upsample_fn", oneOf: [.string("nearest")])
    try config.require("upsampling_scaling_factor", oneOf: [.integer(2)])
    latentChannels = try config.integer("latent_channels", default: 4, in: 1...Limits.channels)
    outChannels = try config.integer("out_channels", default: 3, in: 3...3)
    blockChannels =
      try config.integers(
        "decoder_block_out_channels", in: 1...Limits.channels, counts: 1...Limits.blocks)
      ?? [64, 64, 64, 64]
    blockCounts =
      try config.integers("num_decoder_blocks", in: 0...Limits.layers, counts: 1...Limits.blocks)
      ?? [3, 3, 3, 1]
    activation = try config.choice("act_fn", default: .relu)
    scalingFactor = Float(try config.number("scaling_factor", default: 1, in: 1e-6...1e6))
    guard blockCounts.count == blockChannels.count else {
      throw config.invalid(
        "num_decoder_blocks",
        "\(blockCounts.count) entries, decoder_block_out_channels has \(blockChannels.count)")
    }
    // A level's last convolution keeps its channels, so levels that differ do not fit together;
    // diffusers' own decoder fails on them when it runs.
    guard Set(blockChannels).count == 1 else {
      throw .unsupported(
        file: config.file, field: "decoder_block_out_channels", found: "\(blockChannels)",
        supported: "one number of channels for all levels")
    }
  }
}
