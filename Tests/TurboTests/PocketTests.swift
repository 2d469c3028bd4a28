import Pocket
import Testing
import Turbo

/// The embedded model draws the pixels that diffusers draws with its weights.
@Suite struct PocketTests {
  @Test func drawsWhatTheReferenceDraws() throws {
    let goldens = try Goldens("pocket.safetensors")
    let shape = try goldens.shape("image")
    let size = PictureSize(width: shape[3], height: shape[2])
    let engine = try Engine(files: Pocket.files, options: .init(size: size))
    let embeds = try engine.encode(goldens.prompts[0])
    expectClose(embeds.tokens, try goldens["prompt_embeds"], "prompt embeds")
    expectClose(embeds.pooled, try goldens["pooled_prompt_embeds"], "pooled")
    let drawing = try engine.draw(embeds, noise: goldens["latents"])
    expectClose(
      drawing.denoisedLatents, try goldens["denoised_latents"], atol: 1e-4, "denoised latents")
    expectClose(drawing.image, try goldens["image"], atol: 1e-4, "image")
  }
}
