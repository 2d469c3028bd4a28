import ArgumentParser
import Film
import Foundation
import Travel
import Turbo

/// `fabula image`: one picture of one prompt.
struct Image: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draws one picture.",
    discussion: """
      --latents and --dump-tensors let the picture be compared with the reference: the noise goes \
      in as the tensor latents, standard normal, [B, 4, H/8, W/8]; prompt_embeds, \
      pooled_prompt_embeds, denoised_latents and image (0 to 1, [B, 3, H, W]) come out. With more \
      than one, the pictures after the first are numbered from 2.
      """)

  @Argument(help: "What to draw.")
  var prompt: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The picture's file, a PNG.", valueName: "file"))
  var output: String?

  @Option(help: "The number that all randomness comes from.")
  var seed: UInt64 = 0

  @OptionGroup(title: "Model") var model: ModelOptions

  @Option(help: ArgumentHelp("A safetensors file with the noise to begin with.", valueName: "file"))
  var latents: String?

  @Option(
    help: ArgumentHelp(
      "Write what the model computed to a safetensors file.",
      valueName: "file"))
  var dumpTensors: String?

  @Flag(help: "Replace the output whatever it is.")
  var force = false

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    if let output, !output.lowercased().hasSuffix(".png") {
      throw ValidationError("\(output): a picture is a PNG: give a name that ends in .png")
    }
  }

  func run() throws {
    let target = try output.map {
      try OutputFile(path: $0, kind: .picture, inputs: [latents], force: force)
    }
    let dump = try dumpTensors.map {
      try OutputFile(path: $0, kind: .data, inputs: [latents], force: force)
    }
    let start = try latents.map(StartNoise.init(path:))
    let scale = try model.pictureScale()
    let engine = try model.engine(fallback: start?.size(scale: scale))
    let noises = try start?.noises(for: engine) ?? [noise(engine, step: 0, picture: 0)]
    let embeds = try engine.encode(prompt)
    let drawings = try noises.enumerated().map { picture, noise in
      try engine.draw(
        embeds, noise: noise,
        stepNoise: (1..<model.steps).map { self.noise(engine, step: $0, picture: picture) })
    }
    if let dump {
      try SafeTensorsWriter.write(tensors(embeds, drawings, engine), to: dump.path)
    }
    guard let path = target?.path ?? (dump == nil ? "image.png" : nil) else { return }
    for (index, drawing) in drawings.enumerated() {
      let text = ["Software": Fabula.version, "Description": prompt, "Seed": "\(seed)"]
      let picture = Picture(
        width: engine.size.width, height: engine.size.height, rgb: drawing.rgb, text: text)
      let numbered = index == 0 ? path : path.dropLast(4) + "-\(index + 1).png"
      try PNG.write(picture, to: numbered)
      if !quiet { print("\(numbered): \(engine.size)") }
    }
  }

  private func noise(_ engine: Engine, step: Int, picture: Int) -> [Float] {
    normalNoise(
      NoiseSource(seed: seed, field: UInt32(step) * Painter.fieldsOfAStep + UInt32(picture)),
      shape: engine.latentShape)
  }

  private func tensors(
    _ embeds: PromptEmbeds, _ drawings: [Drawing], _ engine: Engine
  ) -> [SafeTensorsWriter.Item] {
    let count = drawings.count
    func each(_ values: [Float]) -> [Float] { drawings.flatMap { _ in values } }
    return [
      .init("prompt_embeds", shape: [count] + engine.embedsShape, values: each(embeds.tokens)),
      .init(
        "pooled_prompt_embeds", shape: [count, embeds.pooled.count], values: each(embeds.pooled)),
      .init(
        "denoised_latents", shape: [count] + engine.latentShape,
        values: drawings.flatMap(\.denoisedLatents)),
      .init(
        "image", shape: [count, 3, engine.size.height, engine.size.width],
        values: drawings.flatMap(\.image)),
    ]
  }
}
