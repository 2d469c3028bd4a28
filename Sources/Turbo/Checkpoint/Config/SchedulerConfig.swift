/// `scheduler/scheduler_config.json` of an Euler scheduler; absent fields have diffusers' defaults.
public struct SchedulerConfig: Equatable, Sendable {
  /// The sampler.
  public enum Kind: String, CaseIterable, Sendable {
    /// Steps go straight down, with the noise that they began with.
    case euler = "EulerDiscreteScheduler"
    /// Steps go further down and add new noise.
    case eulerAncestral = "EulerAncestralDiscreteScheduler"
  }

  /// How β grows over the training's timesteps.
  public enum BetaSchedule: String, CaseIterable, Sendable {
    /// β itself grows evenly.
    case linear
    /// √β grows evenly.
    case scaledLinear = "scaled_linear"
  }

  /// What the network's output means.
  public enum Prediction: String, CaseIterable, Sendable {
    /// The noise in the sample.
    case epsilon
    /// A mixture of noise and picture (Salimans and Ho 2022, section 2.4).
    case velocity = "v_prediction"
  }

  /// Which timesteps are visited (Lin et al. 2023, table 2).
  public enum Spacing: String, CaseIterable, Sendable {
    /// From the last timestep in equal strides.
    case trailing
    /// From the first timestep in equal strides.
    case leading
    /// First and last timestep and points between them.
    case linspace
  }

  /// The sampler.
  public let kind: Kind
  /// Timesteps of the training.
  public let trainingSteps: Int
  /// β of the first timestep.
  public let betaStart: Double
  /// β of the last timestep.
  public let betaEnd: Double
  /// How β grows.
  public let betaSchedule: BetaSchedule
  /// β of every timestep, where they follow no formula.
  public let betas: [Double]?
  /// What the network predicts.
  public let prediction: Prediction
  /// Which timesteps are visited.
  public let spacing: Spacing
  /// Added to leading timesteps.
  public let stepsOffset: Int

  /// Reads `scheduler/scheduler_config.json`.
  public init(files: ModelFiles) throws(CheckpointError) {
    try self.init(json: files.data("scheduler/scheduler_config.json"))
  }

  init(json: FileBytes) throws(CheckpointError) {
    let config = try ConfigReader(json)
    kind = try config.choice("_class_name", default: .eulerAncestral)
    for sigmas in ["karras", "exponential", "beta"] {
      try config.require("use_\(sigmas)_sigmas", oneOf: [.bool(false)])
    }
    try config.require("interpolation_type", oneOf: [.string("linear")])
    try config.require("final_sigmas_type", oneOf: [.string("zero")])
    try config.require("timestep_type", oneOf: [.string("discrete")])
    try config.require("rescale_betas_zero_snr", oneOf: [.bool(false)])
    trainingSteps = try config.integer("num_train_timesteps", default: 1000, in: 1...100_000)
    betaStart = try config.number("beta_start", default: 0.0001, in: 1e-9...0.999)
    betaEnd = try config.number("beta_end", default: 0.02, in: 1e-9...0.999)
    betaSchedule = try config.choice("beta_schedule", default: .linear)
    betas = try config.numbers("trained_betas", count: trainingSteps)?.map(Double.init)
    if let wrong = betas?.first(where: { !(1e-9...0.999).contains($0) }) {
      throw config.invalid("trained_betas", "\(wrong) is not in 1e-09 to 0.999")
    }
    prediction = try config.choice("prediction_type", default: .epsilon)
    spacing = try config.choice("timestep_spacing", default: .linspace)
    stepsOffset = try config.integer("steps_offset", default: 0, in: 0...1000)
  }
}
