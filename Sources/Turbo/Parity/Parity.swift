/// Checks the GPU against the processor, operation by operation and model by model, and times both
/// the operations and the models. Goes on after a failure, so that one run shows all.
public final class Parity {
  private let device: CUDADevice
  private let report: (String) -> Void
  private let isVerbose: Bool
  private var failures = 0

  /// - Parameters:
  ///   - index: the GPU's number.
  ///   - isVerbose: whether to tell which algorithms were chosen.
  ///   - report: is given each line as soon as it is known.
  public init(index: Int = 0, isVerbose: Bool = false, report: @escaping (String) -> Void) throws {
    device = try CUDADevice(index: index)
    self.isVerbose = isVerbose
    self.report = report
    let memory = try device.memory()
    report(
      "\(device.name), \(device.processors) multiprocessors, \(memory.free >> 20) of"
        + " \(memory.total >> 20) MiB free")
    if isVerbose { device.trace = { report("    " + $0) } }
  }

  /// Every kind of operation on random numbers.
  ///
  /// - Parameters:
  ///   - filter: chooses cases whose names contain it.
  ///   - start: the number of the first case; each case's number is reported before it.
  /// - Returns: false where a case left the GPU's context unusable: only a new process can go on.
  public func operations(filter: String = "", from start: Int = 0) -> Bool {
    report(Self.header)
    for (index, it) in ParityCase.all.enumerated()
    where index >= start && (filter.isEmpty || it.name.contains(filter)) {
      report("    # \(index) \(it.name)")
      let before = failures
      check(it)
      if failures > before, (try? device.synchronize()) == nil {
        report("The GPU's context is lost.")
        return false
      }
    }
    report("\(failures) failures")
    return true
  }

  private static let header =
    pad("case", 40) + pad("type", 10) + pad("error", 11) + pad("ms", 10) + pad("TFLOP/s", 9)
    + "compile s"

  private func check(_ it: ParityCase) {
    do {
      let graph = it.graph
      let random = try RandomCheckpoint(graph)
      let values = it.values()
      let reference = try CPUProgram(graph, random.checkpoint, precision: .float32)
      let expected = try Self.run(reference, values, "y")
      for precision in it.precisions {
        check(it, graph, random.checkpoint, values, expected, precision)
      }
      withExtendedLifetime((reference, random)) {}
    } catch {
      failures += 1
      report(Self.pad(it.name, 40) + "FAILED on the processor: \(error)")
    }
  }

  private func check(
    _ it: ParityCase, _ graph: Graph, _ checkpoint: Checkpoint, _ values: [String: [Float]],
    _ expected: [Float], _ precision: Precision
  ) {
    let start = Self.pad(it.name, 40) + Self.pad(precision.rawValue, 10)
    do {
      let clock = ContinuousClock.now
      let program = try CUDAProgram(graph, checkpoint, precision: precision, device: device)
      let seconds = (ContinuousClock.now - clock) / .seconds(1)
      // Twice: what one run leaves behind must not change the next.
      _ = try Self.run(program, values, "y")
      let error = Self.error(try Self.run(program, values, "y"), expected)
      let time = try program.measure(repeats: 11).frame
      let speed = it.operations > 0 ? Double(it.operations) / time / 1e9 : 0
      report(
        start + Self.pad(Self.short(error), 11) + Self.pad(Self.fixed(time, 4), 10)
          + Self.pad(speed > 0 ? Self.fixed(speed, 0) : "", 9) + Self.fixed(seconds, 2)
          + verdict(error, precision))
    } catch {
      failures += 1
      report(start + "FAILED: \(error)")
    }
  }

  /// What is far from the reference is a failure; so is NaN, which compares false.
  private func verdict(_ error: Double, _ precision: Precision, depth: Double = 1) -> String {
    let limit =
      switch precision {
      case .float32: 2e-5
      case .float16: 3e-3
      case .bfloat16: 1.5e-2
      }
    guard error <= limit * depth else {
      failures += 1
      return "  WRONG"
    }
    return ""
  }

  private static func run(
    _ program: any Program, _ values: [String: [Float]], _ output: String
  ) throws -> [Float] {
    for (name, values) in values { program.set(name, values) }
    try program.run()
    return program.output(output).map { Array($0) } ?? []
  }

  /// ‖x - reference‖ / ‖reference‖.
  private static func error(_ x: [Float], _ reference: [Float]) -> Double {
    guard x.count == reference.count else { return .nan }
    var (difference, norm) = (0.0, 0.0)
    for i in x.indices {
      let d = Double(x[i]) - Double(reference[i])
      difference += d * d
      norm += Double(reference[i]) * Double(reference[i])
    }
    return (difference / norm).squareRoot()
  }
}

// MARK: - Models

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
      report("\(files.name): loaded and compiled in \(Self.seconds(since: clock))")
      if isCompared {
        let clock = ContinuousClock.now
        let processor = try Stages(files, size, .cpu, .float32)
        report("on the processor in \(Self.seconds(since: clock))")
        try compare(gpu, processor)
      }
      try time(gpu, repeats: repeats)
      report("GPU memory taken: \((before - (try device.memory().free)) >> 20) MiB")
    } catch {
      failures += 1
      report("FAILED: \(error)")
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
      Self.pad(name, 40) + Self.pad(precision.rawValue, 10) + Self.short(error)
        + verdict(error, precision, depth: 10))
  }

  private func time(_ stages: Stages, repeats: Int) throws {
    func line(_ name: String, _ program: any Program) throws -> Double {
      guard let program = program as? CUDAProgram else { return 0 }
      let time = try program.measure(repeats: repeats)
      report(
        Self.pad(name, 40) + Self.pad("\(Self.fixed(time.frame, 3)) ms", 16)
          + "prompt's part \(Self.fixed(time.preparation, 3)) ms, \(program.memoryBytes >> 20) MiB")
      return time.frame
    }
    for (index, encoder) in stages.encoders.enumerated() {
      _ = try line("text encoder \(index + 1)", encoder.program)
    }
    let frame = try line("UNet", stages.unet) + line("decoder", stages.decoder)
    report(Self.pad("UNet + decoder", 40) + "\(Self.fixed(frame, 3)) ms")
    if isVerbose { try profile(stages) }
  }

  private func profile(_ stages: Stages) throws {
    for (name, program) in [("UNet", stages.unet), ("decoder", stages.decoder)] {
      report("\(name), step by step")
      for (operation, seconds) in try program.profile().prefix(24) {
        report("  \(Self.pad(Self.fixed(seconds * 1000, 3), 9)) ms  \(operation)")
      }
    }
  }
}

// MARK: - Whole pictures

extension Parity {
  /// Times whole pictures as a caller of ``Engine`` sees them, drawn in 1 step and in 4.
  public func pictures(_ files: ModelFiles, size: PictureSize? = nil, repeats: Int = 20) {
    do {
      for steps in [1, 4] { try pictures(files, size, steps: steps, repeats) }
    } catch {
      failures += 1
      report("FAILED: \(error)")
    }
  }

  private func pictures(
    _ files: ModelFiles, _ size: PictureSize?, steps: Int, _ repeats: Int
  ) throws {
    let engine = try Engine(
      files: files, options: .init(size: size, steps: steps), backend: .cuda(device))
    var random = RandomNumbers(seed: 5)
    let noise = random.values(engine.latentShape.elementCount)
    let stepNoise = Array(repeating: noise, count: steps - 1)
    let prompt = "a fox in the forest in the evening"
    func draw(_ embeds: PromptEmbeds) throws {
      let drawing = try engine.draw(embeds, noise: noise, stepNoise: stepNoise)
      guard drawing.denoisedLatents.allSatisfy(\.isFinite) else {
        throw BackendError.device(call: "draw", problem: "a picture that is not a number")
      }
    }
    let embeds = try engine.encode(prompt)
    try draw(embeds)
    let drawn = try Self.median(repeats) { try draw(embeds) }
    let whole = try Self.median(repeats) { try draw(engine.encode(prompt)) }
    report(
      "\(engine.size), \(steps) steps: a picture \(Self.fixed(drawn, 2)) ms, with its prompt encoded"
        + " \(Self.fixed(whole, 2)) ms")
  }

  private static func median(_ count: Int, _ work: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<count {
      let start = ContinuousClock.now
      try work()
      times.append((ContinuousClock.now - start) / .milliseconds(1))
    }
    return times.sorted()[count / 2]
  }
}

// MARK: - Text

extension Parity {
  private static func pad(_ text: String, _ width: Int) -> String {
    text.count < width ? text + String(repeating: " ", count: width - text.count) : text + " "
  }

  private static func fixed(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    return digits == 0 ? "\(Int(rounded))" : "\(rounded)"
  }

  private static func short(_ value: Double) -> String {
    guard value.isFinite, value > 0 else { return "\(value)" }
    var (mantissa, exponent) = (value, 0)
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    return fixed(mantissa, 1) + "e\(exponent)"
  }

  private static func seconds(since start: ContinuousClock.Instant) -> String {
    fixed((ContinuousClock.now - start) / .seconds(1), 1) + " s"
  }
}
