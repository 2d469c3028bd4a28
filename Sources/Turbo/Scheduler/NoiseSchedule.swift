/// The noise level σ of every timestep of the training.
///
/// β grows from `betaStart` to `betaEnd`, or is given one by one; ᾱ is the running product of 1 - β
/// (Ho et al. 2020, "Denoising Diffusion Probabilistic Models", section 2); in Karras' scale, where
/// the picture keeps its size, σ = √((1 - ᾱ) / ᾱ). Rounded to single precision where PyTorch does, so
/// that the levels are diffusers' own.
struct NoiseSchedule {
  let sigmas: [Float]

  init(_ config: SchedulerConfig) {
    var product = 1.0
    sigmas = Self.betas(config).map { beta in
      product *= Double(1 - beta)
      let alpha = Float(product)
      return ((1 - alpha) / alpha).squareRoot()
    }
  }

  private static func betas(_ config: SchedulerConfig) -> [Float] {
    if let betas = config.betas { return betas.map { Float($0) } }
    switch config.betaSchedule {
    case .linear:
      return even(config.betaStart, config.betaEnd, config.trainingSteps)
    case .scaledLinear:
      let roots = even(
        config.betaStart.squareRoot(), config.betaEnd.squareRoot(), config.trainingSteps)
      return roots.map { $0 * $0 }
    }
  }

  /// `torch.linspace`, which counts from whichever end is nearer.
  private static func even(_ start: Double, _ end: Double, _ count: Int) -> [Float] {
    guard count > 1 else { return [Float(start)] }
    let stride = (Float(end) - Float(start)) / Float(count - 1)
    return (0..<count).map { i in
      i < count / 2 ? Float(start) + stride * Float(i) : Float(end) - stride * Float(count - 1 - i)
    }
  }

  /// σ at a timestep, interpolated between whole ones and constant beyond the ends.
  func sigma(at timestep: Double) -> Float {
    let t = min(max(timestep, 0), Double(sigmas.count - 1))
    let below = Int(t)
    guard below + 1 < sigmas.count else { return sigmas[below] }
    let low = Double(sigmas[below])
    return Float(low + (Double(sigmas[below + 1]) - low) * (t - Double(below)))
  }
}
