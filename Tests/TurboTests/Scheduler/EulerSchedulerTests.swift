import Testing

@testable import Turbo

/// Against diffusers' EulerAncestralDiscreteScheduler and EulerDiscreteScheduler.
@Suite struct EulerSchedulerTests {
  static let configs = [
    "turbo": """
    {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear",
     "steps_offset": 1, "timestep_spacing": "trailing", "prediction_type": "epsilon"}
    """,
    "velocity": """
    {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear",
     "steps_offset": 1, "timestep_spacing": "trailing", "prediction_type": "v_prediction"}
    """,
    "plain": """
    {"_class_name": "EulerDiscreteScheduler", "beta_start": 0.00085, "beta_end": 0.012,
     "beta_schedule": "scaled_linear", "steps_offset": 1, "timestep_spacing": "trailing",
     "prediction_type": "v_prediction"}
    """,
    "plain leading": """
    {"_class_name": "EulerDiscreteScheduler", "timestep_spacing": "leading"}
    """,
    "plain linspace": """
    {"_class_name": "EulerDiscreteScheduler"}
    """,
    "given betas": """
    {"_class_name": "EulerDiscreteScheduler", "num_train_timesteps": 4,
     "trained_betas": [0.0005, 0.2, 0.125, 0.9], "timestep_spacing": "trailing"}
    """,
    "leading": """
    {"beta_start": 0.001, "beta_end": 0.015, "beta_schedule": "linear",
     "steps_offset": 1, "timestep_spacing": "leading", "prediction_type": "epsilon"}
    """,
    "linspace": "{}",
  ]

  private func scheduler(_ name: String, _ steps: Int) throws -> EulerScheduler {
    let json = try #require(Self.configs[name])
    let model = MemoryModel([("scheduler/scheduler_config.json", Array(json.utf8))])
    return EulerScheduler(try SchedulerConfig(files: model.files), steps: steps)
  }

  /// diffusers' image-to-image pipelines drop the first steps of a longer schedule.
  @Test(arguments: [(1, 2), (1, 4), (2, 4), (3, 4)])
  func aStrengthIsTheRestOfALongerSchedule(steps: Int, of whole: Int) throws {
    let json = try #require(Self.configs["turbo"])
    let model = MemoryModel([("scheduler/scheduler_config.json", Array(json.utf8))])
    let config = try SchedulerConfig(files: model.files)
    let long = EulerScheduler(config, steps: whole)
    let short = EulerScheduler(
      config, steps: steps, strength: Double(steps) / Double(whole))
    #expect(short.timesteps == Array(long.timesteps.suffix(steps)))
    #expect(short.sigmas == Array(long.sigmas.suffix(steps + 1)))
    let weak = EulerScheduler(config, steps: 1, strength: 0.001)
    #expect(weak.timesteps == [0])
  }

  @Test(arguments: configs.keys.sorted(), [1, 2, 3, 4])
  func matchesTheReference(_ name: String, _ steps: Int) throws {
    let goldens = try Goldens("numbers/scheduler.safetensors")
    let scheduler = try scheduler(name, steps)
    func expect(_ found: [Float], _ key: String, atol: Float = 1e-6) throws {
      let reference = try goldens["\(name)/\(steps)/\(key)"]
      expectClose(found, reference, atol: atol, rtol: 1e-6, relativeError: 1e-6, "\(name) \(key)")
    }
    try expect(scheduler.timesteps.map { Float($0) }, "timesteps")
    try expect(scheduler.sigmas, "sigmas")
    try expect([scheduler.initialSigma], "init_noise_sigma")
    for step in 0..<steps {
      let sample = try goldens["\(name)/\(steps)/step\(step)/sample"]
      let output = try goldens["\(name)/\(steps)/step\(step)/output"]
      let noise = try goldens["\(name)/\(steps)/step\(step)/noise"]
      // Where σ is large, values of that size cancel in single precision, here as there.
      let atol = 1e-6 * max(1, scheduler.sigmas[step])
      try expect(scheduler.scaled(sample, step: step), "step\(step)/scaled")
      try expect(
        scheduler.denoised(output, at: step, latents: sample), "step\(step)/denoised", atol: atol)
      let next = scheduler.step(
        output, at: step, latents: sample, noise: scheduler.isAncestral ? noise : [])
      try expect(next, "step\(step)/next", atol: atol)
    }
  }

  @Test func lastStepNeedsNoNoise() throws {
    let scheduler = try scheduler("turbo", 1)
    let latents: [Float] = [1, -2, 3]
    let output: [Float] = [0.5, 0.25, -1]
    #expect(
      scheduler.step(output, at: 0, latents: latents, noise: [])
        == scheduler.denoised(output, at: 0, latents: latents))
  }

  @Test func turboBeginsAtTheLastTimestep() throws {
    #expect(try scheduler("turbo", 1).timesteps == [999])
    #expect(try scheduler("turbo", 4).timesteps == [999, 749, 499, 249])
  }
}
