extension Parity {
  /// Each stage of a model on the GPU against the processor in float32, then the GPU's times.
  ///
  /// - Parameters:
  ///   - isCompared: false leaves the processor out, which takes long for a large model.
  ///   - precision: as for ``Engine/Options/precision``.
  public func model(
    _ files: ModelFiles, size: PictureSize? = nil, precision: Precision? = nil,
    isCompared: Bool = true, repeats: Int = 25
  ) {
    do {
      let before = try device.memory().free
      let clock = ContinuousClock.now
      let gpu = try Stages(files, size, .cuda(device), precision)
      report("\(files.name): loaded and compiled in \(ReportText.seconds(since: clock))")
      if isCompared {
        let clock = ContinuousClock.now
        let processor = try Stages(files, size, .cpu, .float32)
        report("on the processor in \(ReportText.seconds(since: clock))")
        try compare(gpu, processor)
      }
      try time(gpu, repeats: repeats)
      report("GPU memory taken: \((before - (try device.memory().free)) >> 20) MiB")
    } catch {
      fail("FAILED: \(error)")
    }
  }

  /// The stages of a model on one backend.
  private struct Stages {
    let encoders: [TextEncoder]
    let unet: any Program
    let decoder: any Program
    let types: (unet: Precision, decoder: Precision)
    let latentShape: [Int]
    let timeIDs: [Float]

    init(
      _ files: ModelFiles, _ size: PictureSize?, _ backend: Backend, _ precision: Precision?
    ) throws {
      let index = try ModelIndex(files: files)
      let config = try UNetConfig(files: files)
      let model = try Decoder.Model(files, index.autoencoder)
      let side = (config.sampleSize ?? 64) * model.scale
      let size = size ?? PictureSize(width: side, height: side)
      let (height, width) = (size.height / model.scale, size.width / model.scale)
      let checkpoint = try Checkpoint(files: files, component: "unet")
      let type =
        precision ?? backend.precision(isLarge: checkpoint.parameterCount > 1_000_000_000)
      types = (type, precision ?? backend.precision(of: model))
      encoders = try Engine.encoders(files, index, backend, type)
      let graph = UNet(config: config).graph(
        height: height, width: width, tokens: encoders[0].config.maximumPositions)
      unet = try backend.compile(graph, checkpoint, precision: type)
      decoder = try backend.compile(
        model.graph(height: height, width: width).0, Checkpoint(files: files, component: "vae"),
        precision: types.decoder)
      latentShape = [height, width, config.inChannels]
      let (h, w) = (Float(size.height), Float(size.width))
      timeIDs = [h, w, 0, 0, h, w]
    }
  }

  private func compare(_ gpu: Stages, _ processor: Stages) throws {
    let prompt = "a fox in the forest in the evening"
    var (tokens, pooled): ([[Float]], [Float]) = ([], [])
    for (index, pair) in zip(gpu.encoders, processor.encoders).enumerated() {
      let (found, expected) = (try pair.0.encode(prompt), try pair.1.encode(prompt))
      line("text encoder \(index + 1)", found.hidden, expected.hidden, gpu.types.unet)
      if let wanted = expected.pooled {
        line("pooled \(index + 1)", found.pooled ?? [], wanted, gpu.types.unet)
        pooled = wanted
      }
      tokens.append(expected.hidden)
    }
    let rows = processor.encoders[0].config.maximumPositions
    let embeds = (0..<rows).flatMap { row in
      tokens.flatMap { $0[row * ($0.count / rows)..<(row + 1) * ($0.count / rows)] }
    }
    var random = RandomNumbers(seed: 3)
    let latents = random.values(gpu.latentShape.elementCount)
    let inputs: [String: [Float]] = [
      "prompt_embeds": embeds, "pooled": pooled, "time_ids": gpu.timeIDs, "timestep": [999],
      "latents": latents,
    ]
    line(
      "UNet", try Self.run(gpu.unet, inputs, "prediction"),
      try Self.run(processor.unet, inputs, "prediction"), gpu.types.unet)
    let picture = ["latents": latents]
    line(
      "decoder", try Self.run(gpu.decoder, picture, "image"),
      try Self.run(processor.decoder, picture, "image"), gpu.types.decoder)
  }

  private func line(_ name: String, _ x: [Float], _ reference: [Float], _ precision: Precision) {
    let error = Self.error(x, reference)
    // Errors of many layers add up.
    report(
      ReportText.pad(name, 40) + ReportText.pad(precision.rawValue, 10) + ReportText.short(error)
        + verdict(error, precision, depth: 10))
  }

  private func time(_ stages: Stages, repeats: Int) throws {
    func line(_ name: String, _ program: any Program) throws -> Double {
      guard let program = program as? CUDAProgram else { return 0 }
      let time = try program.measure(repeats: repeats)
      report(
        ReportText.pad(name, 40) + ReportText.pad("\(ReportText.fixed(time.frame, 3)) ms", 16)
          + "prompt's part \(ReportText.fixed(time.preparation, 3)) ms, \(program.memoryBytes >> 20) MiB"
      )
      return time.frame
    }
    for (index, encoder) in stages.encoders.enumerated() {
      _ = try line("text encoder \(index + 1)", encoder.program)
    }
    let frame = try line("UNet", stages.unet) + line("decoder", stages.decoder)
    report(ReportText.pad("UNet + decoder", 40) + "\(ReportText.fixed(frame, 3)) ms")
    if isVerbose { try profile(stages) }
  }

  private func profile(_ stages: Stages) throws {
    for (name, program) in [("UNet", stages.unet), ("decoder", stages.decoder)] {
      report("\(name), step by step")
      for (operation, seconds) in try program.profile().prefix(24) {
        report("  \(ReportText.pad(ReportText.fixed(seconds * 1000, 3), 9)) ms  \(operation)")
      }
    }
  }
}
