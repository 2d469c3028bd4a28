import CKernels

/// The model's autoencoder, compiled: latents to picture.
final class Decoder {
  /// Which autoencoder it is, with its configuration.
  enum Model {
    case kl(AutoencoderKLConfig)
    case tiny(AutoencoderTinyConfig)

    init(_ files: ModelFiles, _ kind: ModelIndex.Autoencoder) throws {
      switch kind {
      case .kl: self = .kl(try AutoencoderKLConfig(files: files))
      case .tiny: self = .tiny(try AutoencoderTinyConfig(files: files))
      }
    }

    /// Pixels a latent, each side.
    var scale: Int {
      switch self {
      case .kl(let config): config.scale
      case .tiny(let config): config.scale
      }
    }

    var latentChannels: Int {
      switch self {
      case .kl(let config): config.latentChannels
      case .tiny(let config): config.latentChannels
      }
    }

    /// The latents as the decoder reads them: without the scale that the UNet works at.
    func unscaled(_ latents: [Float]) -> [Float] {
      switch self {
      case .tiny(let config): latents.map { $0 / config.scalingFactor }
      case .kl(let config):
        if let statistics = config.latentStatistics {
          latents.enumerated().map { index, value in
            let channel = index / (latents.count / config.latentChannels)
            return value * statistics.deviation[channel] / config.scalingFactor
              + statistics.mean[channel]
          }
        } else {
          latents.map { $0 / config.scalingFactor }
        }
      }
    }

    fileprivate func graph(height: Int, width: Int) -> (Graph, unusedKeys: [String]) {
      switch self {
      case .kl(let config):
        (
          AutoencoderKL(config: config).graph(height: height, width: width),
          AutoencoderKL.unusedKeys
        )
      case .tiny(let config):
        (
          AutoencoderTiny(config: config).graph(height: height, width: width),
          AutoencoderTiny.unusedKeys
        )
      }
    }
  }

  private let model: Model
  let program: any Program
  private let latentShape: [Int]

  init(
    _ model: Model, _ files: ModelFiles, height: Int, width: Int, _ backend: Backend,
    _ precision: Precision
  ) throws {
    self.model = model
    latentShape = [model.latentChannels, height, width]
    let checkpoint = try Checkpoint(files: files, component: "vae")
    let (graph, unusedKeys) = model.graph(height: height, width: width)
    try checkpoint.verify(graph, ignoring: unusedKeys)
    program = try backend.compile(graph, checkpoint, precision: precision)
  }

  /// - Parameters:
  ///   - latents: [C, h, w] as the UNet leaves them.
  ///   - goesOn: whether the picture is still wanted; once not, `CancellationError` is thrown.
  func decode(_ latents: [Float], while goesOn: () -> Bool = { true }) throws -> Drawing {
    try decode(unscaled: model.unscaled(latents), from: latents, while: goesOn)
  }

  /// - Parameter latents: [C, h, w] as the decoder reads them.
  func decode(unscaled latents: [Float]) throws -> Drawing {
    try decode(unscaled: latents, from: latents, while: { true })
  }

  /// See ``Program/profile()``.
  func profile() throws(BackendError) -> [(name: String, seconds: Double)] {
    try program.profile()
  }

  private func decode(
    unscaled: [Float], from latents: [Float], while goesOn: () -> Bool
  ) throws -> Drawing {
    program.set("latents", Layout.channelsLast(unscaled, latentShape))
    guard try program.run(while: goesOn) else { throw CancellationError() }
    guard let image = program.output("image") else { preconditionFailure("no image") }
    let rgb = [UInt8](unsafeUninitializedCapacity: image.count) { buffer, count in
      fabula_to_bytes(image.baseAddress, buffer.baseAddress, image.count)
      count = image.count
    }
    return Drawing(rgb: rgb, pixels: Array(image), denoisedLatents: latents)
  }
}
