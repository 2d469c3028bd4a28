import Testing

@testable import Turbo

@Suite struct ConfigTests {
  /// `unet/config.json` of stabilityai/sdxl-turbo.
  private static let turboUNet = """
    {"_class_name": "UNet2DConditionModel", "_diffusers_version": "0.24.0.dev0",
     "act_fn": "silu", "addition_embed_type": "text_time", "addition_embed_type_num_heads": 64,
     "addition_time_embed_dim": 256, "attention_head_dim": [5, 10, 20],
     "attention_type": "default", "block_out_channels": [320, 640, 1280],
     "center_input_sample": false, "class_embed_type": null, "class_embeddings_concat": false,
     "conv_in_kernel": 3, "conv_out_kernel": 3, "cross_attention_dim": 2048,
     "cross_attention_norm": null,
     "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
     "downsample_padding": 1, "dropout": 0.0, "dual_cross_attention": false,
     "encoder_hid_dim": null, "encoder_hid_dim_type": null, "flip_sin_to_cos": true,
     "freq_shift": 0, "in_channels": 4, "layers_per_block": 2,
     "mid_block_only_cross_attention": null, "mid_block_scale_factor": 1,
     "mid_block_type": "UNetMidBlock2DCrossAttn", "norm_eps": 1e-05, "norm_num_groups": 32,
     "num_attention_heads": null, "num_class_embeds": null, "only_cross_attention": false,
     "out_channels": 4, "projection_class_embeddings_input_dim": 2816,
     "resnet_out_scale_factor": 1.0, "resnet_skip_time_act": false,
     "resnet_time_scale_shift": "default", "reverse_transformer_layers_per_block": null,
     "sample_size": 64, "time_cond_proj_dim": null, "time_embedding_act_fn": null,
     "time_embedding_dim": null, "time_embedding_type": "positional", "timestep_post_act": null,
     "transformer_layers_per_block": [1, 2, 10],
     "up_block_types": ["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"],
     "upcast_attention": null, "use_linear_projection": true}
    """

  private func unet(_ json: String) throws -> UNetConfig {
    try withFile(Array(json.utf8)) { try UNetConfig(json: $0) }
  }

  /// The turbo configuration with one field replaced.
  private func unet(_ field: String, _ value: String) throws -> UNetConfig {
    guard
      case .object(var fields) = try Array(Self.turboUNet.utf8).withUnsafeBytes(JSONParser.parse)
    else { throw JSONError(reason: "no object", offset: 0) }
    fields[field] = try Array(value.utf8).withUnsafeBytes(JSONParser.parse)
    let members = fields.map { "\"\($0)\":\(Self.json($1))" }
    return try unet("{\(members.joined(separator: ","))}")
  }

  private static func json(_ value: JSONValue) -> String {
    switch value {
    case .array(let values): "[\(values.map(json).joined(separator: ","))]"
    default: value.summary
    }
  }

  @Test func turboUNet() throws {
    let config = try unet(Self.turboUNet)
    #expect(config.levels.map(\.channels) == [320, 640, 1280])
    #expect(config.levels.map(\.headCount) == [5, 10, 20])
    #expect(config.levels.map(\.hasDownAttention) == [false, true, true])
    #expect(config.levels.map(\.hasUpAttention) == [false, true, true])
    #expect(config.levels.map(\.downTransformerLayers) == [1, 2, 10])
    #expect(config.levels.map(\.upTransformerLayers) == [1, 2, 10])
    #expect(config.levels.map(\.layers) == [2, 2, 2])
    #expect(config.pooledSize == 1280)
    #expect(config.timeEmbeddingSize == 1280)
    #expect(config.sampleSize == 64)
  }

  @Test func singleValuesStandForAllLevels() throws {
    #expect(try unet("attention_head_dim", "20").levels.map(\.headCount) == [20, 20, 20])
    #expect(try unet("layers_per_block", "[1,2,3]").levels.map(\.layers) == [1, 2, 3])
    let lists = try unet("reverse_transformer_layers_per_block", "[10,2,1]")
    #expect(lists.levels.map(\.upTransformerLayers) == [1, 2, 10])
    #expect(try unet("sample_size", "[48,64]").sampleSize == 64)
    #expect(try unet("sample_size", "null").sampleSize == nil)
  }

  @Test(arguments: [
    ("block_out_channels", "[]"), ("block_out_channels", "[320,-640,1280]"),
    ("block_out_channels", "[320,0,1280]"), ("block_out_channels", "[320,640,1000000000]"),
    ("block_out_channels", "[320,640]"), ("block_out_channels", "320"),
    ("block_out_channels", "[320,640,1281]"), ("layers_per_block", "0"),
    ("layers_per_block", "-1"), ("layers_per_block", "1000000000"),
    ("layers_per_block", "[2,2]"), ("transformer_layers_per_block", "[1,2,[10]]"),
    ("transformer_layers_per_block", "1e3"), ("attention_head_dim", "[5,10,21]"),
    ("attention_head_dim", "0"), ("cross_attention_dim", "-2048"),
    ("cross_attention_dim", "[2048,1024,2048]"), ("addition_time_embed_dim", "null"),
    ("addition_time_embed_dim", "1000"), ("addition_time_embed_dim", "255"),
    ("projection_class_embeddings_input_dim", "1536"), ("norm_num_groups", "0"),
    ("norm_num_groups", "-3"), ("norm_num_groups", "7"), ("norm_eps", "-1"),
    ("norm_eps", "\"x\""), ("flip_sin_to_cos", "1"), ("in_channels", "4.0"),
    ("sample_size", "0"), ("sample_size", "[64]"),
  ])
  func refusesNonsense(_ field: String, _ value: String) {
    let error = checkpointError { _ = try unet(field, value) }
    switch error {
    case .invalidConfig?, .unsupported?: break
    default: Issue.record("\(field) \(value): \(String(describing: error))")
    }
  }

  @Test(arguments: [
    ("addition_embed_type", "null"), ("addition_embed_type", "\"image\""),
    ("mid_block_type", "\"UNetMidBlock2D\""), ("mid_block_type", "null"),
    ("norm_num_groups", "null"), ("act_fn", "\"mish\""),
    ("time_embedding_type", "\"fourier\""), ("resnet_time_scale_shift", "\"scale_shift\""),
    ("downsample_padding", "0"), ("conv_in_kernel", "5"), ("only_cross_attention", "true"),
    ("class_embed_type", "\"timestep\""), ("encoder_hid_dim", "4096"),
    ("time_cond_proj_dim", "256"), ("num_attention_heads", "8"),
    ("down_block_types", "[\"DownBlock2D\",\"AttnDownBlock2D\",\"DownBlock2D\"]"),
    ("up_block_types", "[\"UpBlock2D\",\"UpBlock2D\",\"AttnUpBlock2D\"]"),
  ])
  func refusesWhatIsNotImplemented(_ field: String, _ value: String) {
    let error = checkpointError { _ = try unet(field, value) }
    guard case .unsupported("memory", field, _, _)? = error else {
      Issue.record("\(field) \(value): \(String(describing: error))")
      return
    }
  }

  /// As None is in Python, whatever the default.
  @Test func aFlagOfNullIsFalse() throws {
    #expect(try unet("flip_sin_to_cos", "null").flipsSineToCosine == false)
    #expect(try unet("use_linear_projection", "null").usesLinearProjection == false)
    try withFile(Array(#"{"use_post_quant_conv":null}"#.utf8)) { file in
      let config = try AutoencoderKLConfig(json: file)
      #expect(!config.usesPostQuantConvolution && config.hasMiddleAttention)
    }
  }

  @Test func fixturesAreRead() throws {
    for name in ["model-a", "model-b"] {
      let files = try Fixtures.model(name)
      let index = try ModelIndex(files: files)
      _ = try UNetConfig(files: files)
      let scheduler = try SchedulerConfig(files: files)
      let text = try CLIPTextConfig(files: files, component: "text_encoder_2")
      #expect(text.maximumPositions == 77)
      if name == "model-a" {
        #expect(index.hasFirstTextEncoder && index.autoencoder == .kl)
        #expect(scheduler.prediction == .epsilon && scheduler.spacing == .trailing)
        #expect(text.activation == .gelu && text.poolsAtHighestToken)
        let vae = try AutoencoderKLConfig(files: files)
        #expect(vae.scale == 8 && vae.scalingFactor == 0.13025 && vae.latentStatistics == nil)
      } else {
        #expect(!index.hasFirstTextEncoder && index.autoencoder == .tiny)
        #expect(scheduler.prediction == .velocity)
        #expect(text.activation == .quickGELU && !text.poolsAtHighestToken)
        let vae = try AutoencoderTinyConfig(files: files)
        #expect(vae.scale == 4 && vae.blockCounts == [2, 1, 1])
      }
    }
  }

  @Test(arguments: [
    #"{"_class_name": "LCMScheduler"}"#,
    #"{"_class_name": "EulerDiscreteScheduler", "use_karras_sigmas": true}"#,
    #"{"_class_name": "EulerDiscreteScheduler", "timestep_type": "continuous"}"#,
    #"{"_class_name": "EulerDiscreteScheduler", "final_sigmas_type": "sigma_min"}"#,
    #"{"num_train_timesteps": 3, "trained_betas": [0.1, 0.2]}"#,
    #"{"num_train_timesteps": 2, "trained_betas": [0.1, 1.5]}"#,
    #"{"num_train_timesteps": 2, "trained_betas": [0.1, 0]}"#,
    #"{"num_train_timesteps": 1, "trained_betas": ["0.1"]}"#,
  ])
  func refusesOtherSchedulers(_ json: String) {
    #expect(throws: CheckpointError.self) {
      try withFile(Array(json.utf8)) { try SchedulerConfig(json: $0) }
    }
  }

  @Test(arguments: [
    "[]", "{", #"{"_class_name":"FluxPipeline"}"#,
    #"{"_class_name":"StableDiffusionXLPipeline","unet":["diffusers","UNet2DConditionModel"]}"#,
    """
    {"_class_name":"StableDiffusionXLPipeline","unet":["diffusers","UNet2DConditionModel"],
     "scheduler":["diffusers","LCMScheduler"],"vae":["diffusers","AutoencoderKL"],
     "text_encoder_2":["transformers","CLIPTextModelWithProjection"]}
    """,
  ])
  func refusesOtherPipelines(_ json: String) {
    withFile(Array(json.utf8)) { file in
      #expect(checkpointError { _ = try ModelIndex(json: file) } != nil)
    }
  }

  @Test func defaultsAreThoseOfTheReference() throws {
    try withFile(Array("{}".utf8)) { file in
      let text = try CLIPTextConfig(json: file)
      #expect(text.hiddenSize == 512 && text.layerCount == 12 && text.headCount == 8)
      let kl = try AutoencoderKLConfig(json: file)
      #expect(kl.blockChannels == [64] && kl.layers == 1 && kl.scalingFactor == 0.18215)
      let tiny = try AutoencoderTinyConfig(json: file)
      #expect(tiny.blockCounts == [3, 3, 3, 1] && tiny.scalingFactor == 1 && tiny.scale == 8)
      let scheduler = try SchedulerConfig(json: file)
      #expect(scheduler.betaSchedule == .linear && scheduler.spacing == .linspace)
    }
  }
}
