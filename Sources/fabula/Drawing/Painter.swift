import Film
import Travel
import Turbo

/// Draws the pictures that recipes describe, with whatever neighbouring frames share made once.
final class Painter {
  /// The model.
  let engine: Engine
  private let prompts: [String]
  private let blend: BlendKind
  private let store: Store?
  private var embeds = RecentValues<Int, PromptEmbeds>(capacity: 4)
  private var ways = RecentValues<[Int], Way>(capacity: 2)
  private var fields = RecentValues<NoiseSource, [Float]>(capacity: 16)
  // A dissolve holds two pictures at once.
  private var pictures = RecentValues<PictureRecipe, [UInt8]>(capacity: 3)
  private var probes = RecentValues<PictureRecipe, [UInt8]>(capacity: 20)
  /// Every step has fields of its own, far from those that noise drifts to.
  static let fieldsOfAStep: UInt32 = 1024
  /// How many pictures the model has drawn.
  private(set) var drawn = 0

  /// How many pictures were found drawn.
  private(set) var found = 0

  /// Pictures of other runs, and how they are named.
  struct Store {
    var cache: PictureCache
    var keys: PictureKeys
  }

  private struct Way {
    var tokens: RowBlend
    var pooled: RowBlend
  }

  /// A painter of recipes whose stops have these prompts.
  init(engine: Engine, prompts: [String], blend: BlendKind, store: Store? = nil) {
    self.engine = engine
    self.prompts = prompts
    self.blend = blend
    self.store = store
  }

  /// The frame as RGB.
  func paint(_ frame: PlannedFrame) throws -> [UInt8] {
    let picture = try paint(frame.picture)
    guard let dissolve = frame.dissolve else { return picture }
    return crossFade(picture, try paint(dissolve.picture), share: dissolve.share)
  }

  /// The picture as RGB; one just drawn isn't drawn again.
  func paint(_ recipe: PictureRecipe) throws -> [UInt8] {
    try pictures.value(recipe) {
      try probes.existing(recipe) ?? stored(recipe) ?? drawnAndStored(recipe)
    }
  }

  /// The picture of a probe; those of one leg are all kept at hand.
  func probe(_ recipe: PictureRecipe) throws -> [UInt8] {
    try probes.value(recipe) {
      try pictures.existing(recipe) ?? stored(recipe) ?? drawnAndStored(recipe)
    }
  }

  private func stored(_ recipe: PictureRecipe) -> [UInt8]? {
    guard let store, let picture = store.cache.picture(store.keys.key(recipe)),
      (picture.width, picture.height) == (engine.size.width, engine.size.height)
    else { return nil }
    found += 1
    return picture.rgb
  }

  private func drawnAndStored(_ recipe: PictureRecipe) throws -> [UInt8] {
    let rgb = try draw(recipe).rgb
    drawn += 1
    if let store {
      let picture = Picture(width: engine.size.width, height: engine.size.height, rgb: rgb)
      store.cache.store(picture, store.keys.key(recipe))
    }
    return rgb
  }

  /// The picture with all that the model says about it.
  func draw(_ recipe: PictureRecipe) throws -> Drawing {
    let noise = try noise(recipe.noise, step: 0)
    let stepNoise = try (1..<engine.steps).map { try self.noise(recipe.noise, step: $0) }
    return try engine.draw(embedding(recipe), noise: noise, stepNoise: stepNoise)
  }

  private func embedding(_ recipe: PictureRecipe) throws -> PromptEmbeds {
    let first = try embeds.value(recipe.from) { try engine.encode(prompts[recipe.from]) }
    guard !recipe.isAtRest else { return first }
    let second = try embeds.value(recipe.to) { try engine.encode(prompts[recipe.to]) }
    let way = ways.value([recipe.from, recipe.to]) {
      Way(
        tokens: RowBlend(
          from: first.tokens, to: second.tokens, rowLength: engine.embedsShape[1], kind: blend),
        pooled: RowBlend(
          from: first.pooled, to: second.pooled, rowLength: max(first.pooled.count, 1), kind: blend)
      )
    }
    return PromptEmbeds(
      tokens: way.tokens.embedding(at: recipe.blend),
      pooled: way.pooled.embedding(at: recipe.blend))
  }

  private func noise(_ recipe: NoiseRecipe, step: Int) throws -> [Float] {
    let count = engine.latentShape.reduce(1, *)
    return recipe.noise { source in
      var source = source
      source.field += UInt32(step) * Self.fieldsOfAStep
      return fields.value(source) { normalNoise(source, count: count) }
    }
  }
}
