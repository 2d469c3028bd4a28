import Film
import Foundation
import Testing
import Turbo

@Suite struct ImageTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  private func tensor(_ file: String, _ name: String) throws -> Tensor {
    try SafeTensors(FileBytes(mapping: folder.path(file))).tensor(name)
  }

  @Test func drawsAPNGThatSaysWhatItShows() throws {
    let result = try Command.run(
      ["image", "a fox", "--size", "64x72", "-o", "fox.png"] + Command.model, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    let picture = try PNG.read(folder.path("fox.png"))
    #expect(picture.width == 64 && picture.height == 72)
    #expect(picture.text["Description"] == "a fox")
    #expect(Set(picture.rgb).count > 8)
  }

  @Test func dumpsWhatTheModelComputed() throws {
    let arguments =
      ["image", "a fox", "--size", "64x72", "--dump-tensors", "t.safetensors"] + Command.model
    #expect(try Command.run(arguments, in: folder).status == 0)
    // Who asks for tensors alone gets no picture.
    #expect(folder.names == ["t.safetensors"])
    #expect(try tensor("t.safetensors", "image").shape == [1, 3, 72, 64])
    #expect(try tensor("t.safetensors", "denoised_latents").shape == [1, 4, 9, 8])
    #expect(try tensor("t.safetensors", "prompt_embeds").shape.count == 3)
    #expect(try tensor("t.safetensors", "pooled_prompt_embeds").shape.count == 2)
    let image = try tensor("t.safetensors", "image").float32()
    #expect(image.allSatisfy { (0...1).contains($0) })
  }

  @Test func beginsWithTheNoiseThatItIsGiven() throws {
    let noise = (0..<4 * 8 * 8).map { sin(Float($0) * 12.9898) * 1.4 }
    try SafeTensorsWriter.write(
      [.init("latents", shape: [1, 4, 8, 8], values: noise)], to: folder.path("n.safetensors"))
    for (file, extra) in [("a", []), ("b", ["--seed", "5"]), ("c", [])] as [(String, [String])] {
      let latents = file == "c" ? [] : ["--latents", "n.safetensors"]
      let arguments = ["image", "a fox", "--size", "64", "--dump-tensors", "\(file).safetensors"]
      #expect(try Command.run(arguments + latents + extra + Command.model, in: folder).status == 0)
    }
    let (a, b, c) = (
      try tensor("a.safetensors", "image").float32(),
      try tensor("b.safetensors", "image").float32(),
      try tensor("c.safetensors", "image").float32()
    )
    #expect(a == b)
    #expect(a != c)
  }

  @Test func drawsAPictureForEachNoise() throws {
    let noise = (0..<2 * 4 * 8 * 8).map { sin(Float($0) * 12.9898) * 1.4 }
    try SafeTensorsWriter.write(
      [.init("latents", shape: [2, 4, 8, 8], values: noise)], to: folder.path("n.safetensors"))
    let arguments = [
      "image", "a fox", "--latents", "n.safetensors", "--dump-tensors", "t.safetensors", "-o",
      "p.png",
    ]
    #expect(try Command.run(arguments + Command.model, in: folder).status == 0)
    #expect(Set(folder.names) == ["n.safetensors", "t.safetensors", "p.png", "p-2.png"])
    let latents = try tensor("t.safetensors", "denoised_latents")
    #expect(latents.shape == [2, 4, 8, 8])
    #expect(latents.float32().prefix(256) != latents.float32().suffix(256))
    #expect(try tensor("t.safetensors", "image").shape == [2, 3, 64, 64])
  }

  @Test func refusesNoiseOfTheWrongShape() throws {
    try SafeTensorsWriter.write(
      [.init("latents", shape: [1, 4, 8, 9], values: Array(repeating: 0, count: 288))],
      to: folder.path("n.safetensors"))
    let arguments = ["image", "a fox", "--size", "64", "--latents", "n.safetensors"]
    let result = try Command.run(arguments + Command.model, in: folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("latents"))
    #expect(folder.names == ["n.safetensors"])
  }
}
