import Pocket
import Testing
import Turbo

/// The embedded model draws the pixels that diffusers draws with its weights.
@Suite struct PocketTests {
  @Test func drawsWhatTheReferenceDraws() throws {
    let goldens = try Goldens("pocket.safetensors")
    let shape = try goldens.shape("image")
    let size = PictureSize(width: shape[3], height: shape[2])
    let engine = try Engine(files: Pocket.files, options: .init(size: size, precision: .float32))
    let embeds = try engine.encode(goldens.prompts[0])
    expectClose(embeds.tokens, try goldens["prompt_embeds"], "prompt embeds")
    expectClose(embeds.pooled, try goldens["pooled_prompt_embeds"], "pooled")
    let drawing = try engine.draw(embeds, noise: goldens["latents"])
    expectClose(
      drawing.denoisedLatents, try goldens["denoised_latents"], atol: 1e-4, "denoised latents")
    expectClose(drawing.image, try goldens["image"], atol: 1e-4, "image")
  }

  /// In bfloat16, where the processor has it, the same picture but for a level here and there.
  @Test(.enabled(if: Precision.bfloat16.isSupported))
  func bfloat16DrawsTheSamePicture() throws {
    let pictures = try [Precision.float32, .bfloat16].map { precision in
      let engine = try Engine(
        files: Pocket.files,
        options: .init(size: PictureSize(width: 128, height: 128), precision: precision))
      var generator = TorchGenerator(seed: 3)
      let noise = generator.normals(count: engine.latentShape.reduce(1, *))
      return try engine.draw(engine.encode("Two red foxes in the snow."), noise: noise).image
    }
    let error = zip(pictures[0], pictures[1]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    // 45 dB below white.
    #expect(error / Float(pictures[0].count) < 3e-5)
  }
}
