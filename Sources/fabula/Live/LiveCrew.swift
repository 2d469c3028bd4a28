import Live
import Travel
import Turbo

/// Draws a live show with a model.
final class LiveCrew {
  private let engine: Engine
  private let reader: LiveReader
  private var fields = RecentValues<NoiseSource, [Float]>(capacity: 16)
  private var prompts = RecentValues<String, PromptEmbeds>(capacity: 8)

  /// Draws with this engine what this reader makes of texts.
  init(engine: Engine, reader: LiveReader) {
    self.engine = engine
    self.reader = reader
  }

  /// What a stage needs.
  var crew: Crew { Crew(encode: encode, draw: draw) }

  private func encode(_ passage: Passage) throws -> Embeds {
    let prompt = reader.prompt(passage)
    // While a word is typed the prompt may stay the same.
    let embeds = try prompts.value(prompt) { try engine.encode(prompt) }
    return Embeds(tokens: embeds.tokens, pooled: embeds.pooled)
  }

  private func draw(_ frame: Show.Frame, while goesOn: () -> Bool) throws -> [UInt8] {
    try engine.draw(
      PromptEmbeds(tokens: frame.embeds.tokens, pooled: frame.embeds.pooled),
      noise: noise(frame.noise, step: 0),
      stepNoise: (1..<engine.steps).map { noise(frame.noise, step: $0) }, while: goesOn
    ).rgb
  }

  private func noise(_ recipe: NoiseRecipe, step: Int) -> [Float] {
    recipe.noise { source in
      var source = source
      source.field += UInt32(step) * Painter.fieldsOfAStep
      return fields.value(source) { normalNoise(source, shape: engine.latentShape) }
    }
  }
}
