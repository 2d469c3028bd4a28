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
      let gpu = try Engine(
        files: files, options: .init(size: size, precision: precision), backend: .cuda(device))
      report("\(files.name): loaded and compiled in \(ReportText.seconds(since: clock))")
      if isCompared {
        let clock = ContinuousClock.now
        let processor = try Engine(
          files: files, options: .init(size: size, precision: .float32), backend: .cpu)
        report("on the processor in \(ReportText.seconds(since: clock))")
        try compare(gpu, processor)
      }
      try time(gpu, repeats: repeats)
      report("GPU memory taken: \((before - (try device.memory().free)) >> 20) MiB")
    } catch {
      fail("FAILED: \(error)")
    }
  }

  private func compare(_ gpu: Engine, _ processor: Engine) throws {
    let prompt = "a fox in the forest in the evening"
    for (index, pair) in zip(gpu.encoders, processor.encoders).enumerated() {
      let (found, expected) = (try pair.0.encode(prompt), try pair.1.encode(prompt))
      line("text encoder \(index + 1)", found.hidden, expected.hidden, gpu.precision)
      if let pooled = expected.pooled {
        line("pooled \(index + 1)", found.pooled ?? [], pooled, gpu.precision)
      }
    }
    let embeds = try processor.encode(prompt)
    var random = RandomNumbers(seed: 3)
    let latents = random.values(gpu.latentShape.elementCount)
    let inputs: [String: [Float]] = [
      "prompt_embeds": embeds.tokens, "pooled": embeds.pooled, "timestep": [999],
      "latents": latents,
    ]
    line(
      "UNet", try Self.run(gpu.unet, inputs, "prediction"),
      try Self.run(processor.unet, inputs, "prediction"), gpu.precision)
    let picture = ["latents": latents]
    line(
      "decoder", try Self.run(gpu.decoder.program, picture, "image"),
      try Self.run(processor.decoder.program, picture, "image"), gpu.decoderPrecision)
  }

  private func line(_ name: String, _ x: [Float], _ reference: [Float], _ precision: Precision) {
    let error = Self.error(x, reference)
    report(
      ReportText.pad(name, 40) + ReportText.pad(precision.rawValue, 10) + ReportText.short(error)
        + verdict(error, precision, depth: Self.modelDepth))
  }

  private func time(_ engine: Engine, repeats: Int) throws {
    func line(_ name: String, _ program: any Program) throws -> Double {
      guard let program = program as? CUDAProgram else { return 0 }
      let time = try program.measure(repeats: repeats)
      report(
        ReportText.pad(name, 40) + ReportText.pad("\(ReportText.fixed(time.frame, 3)) ms", 16)
          + "prompt's part \(ReportText.fixed(time.preparation, 3)) ms, \(program.memoryBytes >> 20) MiB"
      )
      return time.frame
    }
    for (index, encoder) in engine.encoders.enumerated() {
      _ = try line("text encoder \(index + 1)", encoder.program)
    }
    let frame = try line("UNet", engine.unet) + line("decoder", engine.decoder.program)
    report(ReportText.pad("UNet + decoder", 40) + "\(ReportText.fixed(frame, 3)) ms")
    if isVerbose { try profile(engine) }
  }

  private func profile(_ engine: Engine) throws {
    for (name, program) in [("UNet", engine.unet), ("decoder", engine.decoder.program)] {
      report("\(name), step by step")
      for (operation, seconds) in try program.profile().prefix(24) {
        report("  \(ReportText.pad(ReportText.fixed(seconds * 1000, 3), 9)) ms  \(operation)")
      }
    }
  }
}
