import CKernels

/// A model of SDXL Turbo's family, compiled for one picture size: prompt in, picture out.
///
/// Follows diffusers' `StableDiffusionXLPipeline` without guidance. A picture depends on its
/// arguments alone, so pictures can be drawn in any order. Use from one thread at a time, and
/// best always the same one: it owns the threads that compute.
public final class Engine {
  /// How to compile a model.
  public struct Options: Sendable {
    /// The picture's size; nil for the one that the model was made for.
    public var size: PictureSize?
    /// Denoising steps a picture, 1 to 4.
    public var steps: Int
    /// The type of products; nil chooses one of two bytes, where the device multiplies it, for
    /// decoders, and for all of a model of more than a billion parameters. A small UNet stays in
    /// float32: its picture may turn within so little of a blend that rounded embeds make it jump.
    /// An AutoencoderKL, which leaves float16's range, has bfloat16 in its place.
    public var precision: Precision?
    /// Threads to compute with; nil for one a processor. The first engine settles it for the
    /// process.
    public var threads: Int?
    /// What to compute on.
    public var device: Device

    /// The defaults draw a picture of the model's own size in one step.
    public init(
      size: PictureSize? = nil, steps: Int = 1, precision: Precision? = nil, threads: Int? = nil,
      device: Device = .cpu
    ) {
      self.size = size
      self.steps = steps
      self.precision = precision
      self.threads = threads
      self.device = device
    }
  }

  /// The sizes that an engine can be compiled for, each side.
  public static let sideRange = 16...4096
  /// The numbers of steps.
  public static let stepRange = 1...4

  /// The name of what computes: `cpu`, or the GPU's.
  public let deviceName: String
  /// The size of the pictures.
  public let size: PictureSize
  /// The type of the text encoders' and the UNet's products.
  public let precision: Precision
  /// The type of the decoder's products.
  public let decoderPrecision: Precision
  /// [C, h, w], the shape of noise: h and w are the picture's sides in latents, each of as many
  /// pixels as ``pictureScale(_:)`` says.
  public let latentShape: [Int]
  /// [T, D], the shape of a prompt's token embeds.
  public let embedsShape: [Int]
  /// Denoising steps a picture.
  public var steps: Int { scheduler.timesteps.count }

  private let pooledCount: Int
  let encoders: [TextEncoder]
  private let schedulerConfig: SchedulerConfig
  private let scheduler: EulerScheduler
  let unet: any Program
  let decoder: Decoder

  /// Pixels a latent of a model's autoencoder, each side.
  public static func pictureScale(_ files: ModelFiles) throws -> Int {
    try Decoder.Model(files, ModelIndex(files: files).autoencoder).scale
  }

  /// Loads and compiles a model in diffusers layout.
  ///
  /// Throws ``CheckpointError`` for files that are missing, broken or do not fit their
  /// configuration, ``EngineError`` for a size or step count that the model cannot draw in and for
  /// parts that do not fit together, ``BackendError`` for a device that is not there, does not
  /// compute in the precision or has too little memory.
  public convenience init(files: ModelFiles, options: Options = Options()) throws {
    try self.init(files: files, options: options, backend: Backend(options.device))
  }

  init(files: ModelFiles, options: Options, backend: Backend) throws {
    guard Self.stepRange.contains(options.steps) else {
      throw EngineError.steps(options.steps, range: Self.stepRange)
    }
    let index = try ModelIndex(files: files)
    let unetConfig = try UNetConfig(files: files)
    let decoderModel = try Decoder.Model(files, index.autoencoder)
    size = try Self.size(options.size, unetConfig, scale: decoderModel.scale)
    deviceName = backend.name
    if let threads = options.threads { fabula_set_thread_count(Int32(clamping: threads)) }

    let checkpoint = try Checkpoint(files: files, component: "unet")
    precision =
      options.precision ?? backend.precision(isLarge: checkpoint.parameterCount > 1_000_000_000)
    decoderPrecision = backend.precision(of: decoderModel, wanted: options.precision)
    encoders = try Self.encoders(files, index, backend, precision)
    schedulerConfig = try SchedulerConfig(files: files)
    scheduler = EulerScheduler(schedulerConfig, steps: options.steps)

    let (height, width) = (size.height / decoderModel.scale, size.width / decoderModel.scale)
    latentShape = [unetConfig.inChannels, height, width]
    let tokens = encoders[0].config.maximumPositions
    embedsShape = [tokens, unetConfig.crossAttentionSize]
    pooledCount = unetConfig.pooledSize
    try Self.checkFit(encoders, unetConfig, decoderModel)
    let graph = UNet(config: unetConfig).graph(height: height, width: width, tokens: tokens)
    try checkpoint.verify(graph, ignoring: [])
    unet = try backend.compile(graph, checkpoint, precision: precision)
    decoder = try Decoder(
      decoderModel, files, height: height, width: width, backend, decoderPrecision)

    // Original size, crop, target size, as diffusers numbers them: height first.
    let (h, w) = (Float(size.height), Float(size.width))
    unet.set("time_ids", [h, w, 0, 0, h, w])
  }

  /// Encodes a prompt to token embeds of ``embedsShape`` and a pooled one, [P]. Those of two
  /// prompts can be blended.
  ///
  /// Throws ``BackendError`` where the device fails.
  public func encode(_ prompt: String) throws -> PromptEmbeds {
    let states = try encoders.map { try $0.encode(prompt) }
    let rows = encoders[0].config.maximumPositions
    let widths = encoders.map(\.config.hiddenSize)
    var tokens: [Float] = []
    tokens.reserveCapacity(rows * widths.reduce(0, +))
    for row in 0..<rows {
      for (state, width) in zip(states, widths) {
        tokens += state.hidden[row * width..<(row + 1) * width]
      }
    }
    return PromptEmbeds(tokens: tokens, pooled: states[states.count - 1].pooled ?? [])
  }

  /// Tokens of a prompt without start and end, of which the first T - 2 are read, T as in
  /// ``embedsShape``.
  public func tokenCount(_ prompt: String) -> Int {
    encoders.map { $0.tokenizer.count(prompt) }.max() ?? 0
  }

  /// Draws a picture.
  ///
  /// Throws ``EngineError`` for inputs of other sizes than the engine's, ``BackendError`` where the
  /// device fails.
  ///
  /// - Parameters:
  ///   - noise: standard normal numbers of ``latentShape``.
  ///   - stepNoise: the noise that each step but the last adds where the model's sampler is
  ///     ancestral, of the same shape.
  ///   - goesOn: asked meanwhile whether the picture is still wanted, by the processor between any
  ///     two operations, for a GPU only before each run of the UNet and of the decoder; once it
  ///     isn't, `CancellationError` is thrown.
  public func draw(
    _ embeds: PromptEmbeds, noise: [Float], stepNoise: [[Float]] = [],
    while goesOn: () -> Bool = { true }
  ) throws -> Drawing {
    let latents = try latents(embeds, noise: noise, stepNoise: stepNoise, while: goesOn)
    return try decoder.decode(latents, while: goesOn)
  }

  /// What ``draw(_:noise:stepNoise:while:)`` would decode, of ``latentShape``: the picture's
  /// content at a part of its cost. Throws as that does.
  public func latents(
    _ embeds: PromptEmbeds, noise: [Float], stepNoise: [[Float]] = [],
    while goesOn: () -> Bool = { true }
  ) throws -> [Float] {
    try check(embeds, [("noise", noise)], stepNoise)
    return try denoise(
      embeds, scheduler, noise.map { $0 * scheduler.initialSigma }, stepNoise: stepNoise,
      while: goesOn)
  }

  /// The picture of what ``latents(_:noise:stepNoise:while:)`` returned, or of any latents of its
  /// shape.
  ///
  /// Throws ``EngineError`` for another number of latents, ``BackendError`` where the device fails.
  public func decode(_ latents: [Float]) throws -> Drawing {
    guard latents.count == latentShape.elementCount else {
      throw EngineError.elementCount(
        of: "latents", expected: latentShape.elementCount, found: latents.count)
    }
    return try decoder.decode(latents)
  }

  /// Draws a picture over another one: its latents are noised to where the share `strength` of the
  /// training's timesteps ends, and denoised from there.
  ///
  /// Throws ``EngineError`` for a strength out of range or inputs of other sizes than the engine's,
  /// ``BackendError`` where the device fails.
  ///
  /// - Parameters:
  ///   - latents: the other picture's, as ``Drawing/denoisedLatents`` has them.
  ///   - strength: above 0, which would keep all of it, to 1, which keeps next to nothing.
  ///   - noise: standard normal numbers of ``latentShape``.
  ///   - stepNoise: the noise that each step but the last adds, of the same shape.
  public func draw(
    _ embeds: PromptEmbeds, over latents: [Float], strength: Double, noise: [Float],
    stepNoise: [[Float]] = []
  ) throws -> Drawing {
    guard strength > 0, strength <= 1 else { throw EngineError.strength(strength) }
    try check(embeds, [("latents", latents), ("noise", noise)], stepNoise)
    let scheduler = EulerScheduler(
      schedulerConfig, steps: steps, strength: strength)
    let sigma = scheduler.sigmas[0]
    let start = zip(latents, noise).map { $0 + $1 * sigma }
    return try decoder.decode(denoise(embeds, scheduler, start, stepNoise: stepNoise))
  }

  private func check(
    _ embeds: PromptEmbeds, _ latents: [(name: String, values: [Float])], _ stepNoise: [[Float]]
  ) throws(EngineError) {
    let count = latentShape.elementCount
    let inputs =
      [
        ("prompt embeds", embeds.tokens, embedsShape.elementCount),
        ("pooled embeds", embeds.pooled, pooledCount),
      ] + latents.map { ($0.name, $0.values, count) } + stepNoise.map { ("step noise", $0, count) }
    for (name, values, expected) in inputs where values.count != expected {
      throw EngineError.elementCount(of: name, expected: expected, found: values.count)
    }
    guard !scheduler.isAncestral || stepNoise.count >= steps - 1 else {
      throw EngineError.elementCount(of: "step noise", expected: steps - 1, found: stepNoise.count)
    }
  }

  /// From noisy latents to clean ones, both [C, h, w].
  private func denoise(
    _ embeds: PromptEmbeds, _ scheduler: EulerScheduler, _ start: [Float],
    stepNoise: [[Float]], while goesOn: () -> Bool = { true }
  ) throws -> [Float] {
    unet.set("prompt_embeds", embeds.tokens)
    unet.set("pooled", embeds.pooled)
    var latents = start
    for (step, timestep) in scheduler.timesteps.enumerated() {
      let input = scheduler.scaled(latents, step: step)
      unet.set("latents", Layout.channelsLast(input, latentShape))
      unet.set("timestep", [Float(timestep)])
      guard try unet.run(while: goesOn) else { throw CancellationError() }
      let prediction = Layout.channelsFirst(unet.output("prediction"), latentShape)
      latents = scheduler.step(
        prediction, at: step, latents: latents, noise: step < stepNoise.count ? stepNoise[step] : []
      )
    }
    return latents
  }
}

// MARK: - Measuring

extension Engine {
  /// Seconds by kind of operation, in the order of their weight, of one run of each program.
  public func profile(
    _ embeds: PromptEmbeds, noise: [Float]
  ) throws -> [(program: String, operations: [(name: String, seconds: Double)])] {
    _ = try draw(embeds, noise: noise, stepNoise: Array(repeating: noise, count: steps - 1))
    return [("UNet", try unet.profile()), ("decoder", try decoder.profile())]
  }
}

// MARK: - Fitting the parts together

extension Engine {
  private static func size(
    _ wanted: PictureSize?, _ config: UNetConfig, scale: Int
  ) throws(EngineError) -> PictureSize {
    let side = (config.sampleSize ?? 64) * scale
    let size = wanted ?? PictureSize(width: side, height: side)
    for side in [size.width, size.height] {
      guard sideRange.contains(side), side.isMultiple(of: scale) else {
        throw .size(size, multiple: scale, range: sideRange)
      }
    }
    return size
  }

  private static func encoders(
    _ files: ModelFiles, _ index: ModelIndex, _ backend: Backend, _ precision: Precision
  ) throws -> [TextEncoder] {
    var encoders: [TextEncoder] = []
    if index.hasFirstTextEncoder {
      encoders.append(
        try TextEncoder(
          files, component: "text_encoder", tokenizer: "tokenizer", hasProjection: false,
          backend: backend, precision: precision))
    }
    encoders.append(
      try TextEncoder(
        files, component: "text_encoder_2", tokenizer: "tokenizer_2", hasProjection: true,
        backend: backend, precision: precision))
    return encoders
  }

  private static func checkFit(
    _ encoders: [TextEncoder], _ unet: UNetConfig, _ decoder: Decoder.Model
  ) throws(EngineError) {
    let width = encoders.reduce(0) { $0 + $1.config.hiddenSize }
    guard width == unet.crossAttentionSize else {
      throw .mismatch(
        "text encoders give \(width) channels, the UNet reads \(unet.crossAttentionSize)")
    }
    let pooled = encoders[encoders.count - 1].config.projectionSize
    guard pooled == unet.pooledSize else {
      throw .mismatch("pooled embeds have \(pooled) channels, the UNet reads \(unet.pooledSize)")
    }
    let lengths = Set(encoders.map(\.config.maximumPositions))
    guard lengths.count == 1 else {
      throw .mismatch("text encoders read \(lengths.sorted()) tokens, which must be one number")
    }
    guard unet.inChannels == unet.outChannels, unet.outChannels == decoder.latentChannels else {
      throw .mismatch(
        "the UNet maps \(unet.inChannels) to \(unet.outChannels) channels of latents, the"
          + " autoencoder decodes \(decoder.latentChannels)")
    }
  }
}
