import Foundation
import Travel
import Turbo

/// Names pictures by all that they depend on: program, model, size, steps, prompts and noise.
struct PictureKeys {
  private let constant: String
  private let prompts: [String]

  /// Names for the pictures of these prompts by one engine.
  init(
    model: ModelDigest, engine: Engine, prompts: [String], blend: BlendKind
  ) {
    constant = """
      picture 1
      program \(Self.program)
      model \(model.hex)
      size \(engine.size)
      steps \(engine.steps)
      device \(engine.deviceName)
      precision \(engine.precision) \(engine.decoderPrecision)
      blend \(blend)

      """
    self.prompts = prompts
  }

  /// The name of a recipe's picture.
  func key(_ recipe: PictureRecipe) -> String { key("", recipe) }

  /// The name of a recipe's picture where it is drawn over the one named `before`.
  func key(_ recipe: PictureRecipe, over before: String, strength: Double) -> String {
    key("over \(before) \(strength.bitPattern)\n", recipe)
  }

  /// The name of where a leg's frames are, of which `middle` is one; `kind` is what else that
  /// depends on.
  func key(places kind: String, middle: PictureRecipe) -> String {
    key("places \(kind)\n", middle)
  }

  private func key(_ kind: String, _ recipe: PictureRecipe) -> String {
    var text = constant + kind
    // Lengths keep two prompts from being read as one.
    for prompt in recipe.isAtRest
      ? [prompts[recipe.from]] : [prompts[recipe.from], prompts[recipe.to]]
    {
      text += "prompt \(prompt.utf8.count) \(prompt)\n"
    }
    text += "at \(recipe.blend.bitPattern)\n"
    for term in recipe.noise.terms {
      text += "noise \(term.source.seed) \(term.source.field) \(term.weight.bitPattern)\n"
      let view = term.source.view
      guard view != .still else { continue }
      text += "view \(view.level)"
      for number in [view.x, view.y, view.scale] { text += " \(number.bitPattern)" }
      text += "\n"
    }
    var digest = SHA256()
    digest.update(Array(text.utf8))
    return digest.hex()
  }

  /// Another build may draw another picture, be it by a rounding.
  private static var program: String {
    let path = "/proc/self/exe"
    if let id = BuildID(program: path) { return "\(Fabula.version) \(id.hex)" }
    var status = stat()
    guard stat(path, &status) == 0 else { return Fabula.version }
    return "\(Fabula.version) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
  }
}
