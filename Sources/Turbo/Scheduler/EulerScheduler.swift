/// Sampling with Euler steps, plain or ancestral: a pure function of what it is given; the noise
/// that ancestral steps add comes from the caller.
///
/// Algorithms: k-diffusion's `sample_euler` and `sample_euler_ancestral`, in the notation of Karras
/// et al. 2022 ("Elucidating the Design Space of Diffusion-Based Generative Models"), as diffusers'
/// `EulerDiscreteScheduler` and `EulerAncestralDiscreteScheduler` apply them to discrete timesteps.
///
/// σ noise level, x latents, D the picture that the network sees in them ("denoised").
public struct EulerScheduler: Sendable {
  /// When the network is asked, latest (noisiest) first.
  public let timesteps: [Double]
  /// The noise level at each timestep, and the last one, 0.
  public let sigmas: [Float]
  /// The first latents are standard normal noise times this.
  public let initialSigma: Float

  /// Whether steps before the last add noise.
  public let isAncestral: Bool

  private let prediction: SchedulerConfig.Prediction

  /// The schedule of a number of steps, at least one.
  public init(_ config: SchedulerConfig, steps: Int) {
    self.init(config, timesteps: Self.timesteps(config, steps))
  }

  /// The schedule of a number of steps, at least one, that draws over a picture: it begins at the
  /// share `strength` of the training's timesteps, and goes on from there in equal strides.
  ///
  /// A strength of k / n is what diffusers' image-to-image pipelines do in the last k of n trailing
  /// steps.
  public init(_ config: SchedulerConfig, steps: Int, strength: Double) {
    precondition(steps > 0 && strength > 0 && strength <= 1, "\(steps) steps from \(strength)")
    let last = Double(config.trainingSteps) * strength
    let timesteps = (0..<steps).map { step in
      let timestep = last - Double(step) * last / Double(steps)
      return max(0, timestep.rounded(.toNearestOrEven) - 1)
    }
    self.init(config, timesteps: timesteps)
  }

  private init(_ config: SchedulerConfig, timesteps: [Double]) {
    precondition(!timesteps.isEmpty, "no steps")
    let schedule = NoiseSchedule(config)
    self.timesteps = timesteps
    sigmas = timesteps.map(schedule.sigma) + [0]
    prediction = config.prediction
    isAncestral = config.kind == .eulerAncestral
    let highest = sigmas.max() ?? 0
    // With leading timesteps the first is not the noisiest of the training, so the latents still
    // hold some picture: of variance one.
    initialSigma =
      config.spacing == .leading ? (highest * highest + 1).squareRoot() : highest
  }

  /// Lin et al. 2023 ("Common Diffusion Noise Schedules and Sample Steps are Flawed"), table 2.
  private static func timesteps(_ config: SchedulerConfig, _ steps: Int) -> [Double] {
    let count = Double(config.trainingSteps)
    switch config.spacing {
    case .trailing:
      let stride = count / Double(steps)
      return (0..<steps).map { (count - Double($0) * stride).rounded(.toNearestOrEven) - 1 }
    case .leading:
      let stride = config.trainingSteps / steps
      return (0..<steps).reversed().map { Double($0 * stride + config.stepsOffset) }
    case .linspace:
      let stride = steps > 1 ? (count - 1) / Double(steps - 1) : 0
      return (0..<steps).reversed().map { Double(Float(Double($0) * stride)) }
    }
  }

  /// The network's input at a step: x / √(σ² + 1), of variance one.
  public func scaled(_ latents: [Float], step: Int) -> [Float] {
    let divisor = (sigmas[step] * sigmas[step] + 1).squareRoot()
    return latents.map { $0 / divisor }
  }

  /// D, the picture that the network's output at a step stands for.
  public func denoised(_ output: [Float], at step: Int, latents: [Float]) -> [Float] {
    precondition(output.count == latents.count)
    let sigma = sigmas[step]
    switch prediction {
    case .epsilon:
      return zip(latents, output).map { x, noise in x - sigma * noise }
    case .velocity:
      // Salimans and Ho 2022 ("Progressive Distillation for Fast Sampling"), appendix D, in
      // Karras' scale: c_skip = 1 / (σ² + 1), c_out = -σ / √(σ² + 1).
      let variance = sigma * sigma + 1
      let scale = -sigma / variance.squareRoot()
      return zip(latents, output).map { x, velocity in velocity * scale + x / variance }
    }
  }

  /// The latents of the next noise level.
  ///
  /// - Parameter noise: standard normal, as many as latents; the last step reads none, and plain
  ///   Euler steps never do.
  public func step(
    _ output: [Float], at step: Int, latents: [Float], noise: [Float]
  ) -> [Float] {
    let denoised = denoised(output, at: step, latents: latents)
    let (down, up) = ancestral(step)
    // One Euler step from σ to σ_down: x + (x - D) / σ · (σ_down - σ).
    let kept = down / sigmas[step]
    let moved = zip(latents, denoised).map { x, d in d + (x - d) * kept }
    guard up > 0 else { return moved }
    precondition(noise.count == latents.count, "step \(step) adds noise")
    return zip(moved, noise).map { x, n in x + n * up }
  }

  /// How far to step down and how much noise to add so as to end at the next level
  /// (k-diffusion, `get_ancestral_step`).
  private func ancestral(_ step: Int) -> (down: Float, up: Float) {
    guard isAncestral else { return (sigmas[step + 1], 0) }
    let from = Double(sigmas[step])
    let to = Double(sigmas[step + 1])
    let up = (to * to * (from * from - to * to) / (from * from)).squareRoot()
    return (Float((to * to - up * up).squareRoot()), Float(up))
  }
}
