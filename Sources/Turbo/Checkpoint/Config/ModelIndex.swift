/// `model_index.json`: which class each component of the pipeline has.
public struct ModelIndex: Equatable, Sendable {
  /// The classes that can decode latents.
  public enum Autoencoder: String, CaseIterable, Sendable {
    /// The full autoencoder of Stable Diffusion.
    case kl = "AutoencoderKL"
    /// The distilled one, TAESD.
    case tiny = "AutoencoderTiny"
  }

  /// Class names of the components that are present.
  public let classes: [String: String]
  /// The class of `vae`.
  public let autoencoder: Autoencoder
  /// Whether `text_encoder`, a CLIPTextModel, takes part. The second encoder, which also makes the
  /// pooled embedding, always does.
  public let hasFirstTextEncoder: Bool

  /// Reads `model_index.json` and checks that every component is of a class that is implemented.
  public init(files: ModelFiles) throws(CheckpointError) {
    try self.init(json: files.data("model_index.json"))
  }

  init(json: FileBytes) throws(CheckpointError) {
    let config = try ConfigReader(json)
    try config.require("_class_name", oneOf: [.string("StableDiffusionXLPipeline")])
    var classes: [String: String] = [:]
    for name in config.names where !name.hasPrefix("_") {
      // [library, class]; [null, null] for a component left out; other fields are settings.
      guard case .array(let pair)? = config[name], pair.count == 2,
        case .string(let className) = pair[1]
      else { continue }
      classes[name] = className
    }
    self.classes = classes

    func check(_ component: String, oneOf supported: [String]) throws(CheckpointError) -> String {
      guard let found = classes[component] else { throw config.invalid(component, "missing") }
      guard supported.contains(found) else {
        throw config.unsupported(component, .string(found), supported)
      }
      return found
    }
    _ = try check("unet", oneOf: ["UNet2DConditionModel"])
    _ = try check("scheduler", oneOf: SchedulerConfig.Kind.allCases.map(\.rawValue))
    _ = try check("text_encoder_2", oneOf: ["CLIPTextModelWithProjection"])
    hasFirstTextEncoder = classes["text_encoder"] != nil
    if hasFirstTextEncoder {
      _ = try check("text_encoder", oneOf: ["CLIPTextModel", "CLIPTextModelWithProjection"])
    }
    let kinds = Autoencoder.allCases.map(\.rawValue)
    autoencoder = Autoencoder(rawValue: try check("vae", oneOf: kinds)) ?? .kl
  }
}
