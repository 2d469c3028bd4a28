import Film
import Travel
import Turbo

/// Draws the pictures that recipes describe, with whatever neighbouring frames share made once.
final class Painter {
  /// The model.
  let engine: Engine
  private let prompts: [String]
  private let blend: BlendKind
  /// Where pictures of other runs are, if anywhere.
  let store: Store?
  private var embeds = RecentValues<Int, PromptEmbeds>(capacity: 4)
  private var ways = RecentValues<[Int], Way>(capacity: 2)
  private var fields = RecentValues<NoiseSource, [Float]>(capacity: 16)
  // A dissolve holds two pictures at once.
  private var pictures = RecentValues<PictureRecipe, [UInt8]>(capacity: 3)
  private var ahead: [PictureRecipe: [UInt8]] = [:]
  /// Those looked at that were in the store.
  private var foundAhead: Set<PictureRecipe> = []
  /// Every step has fields of its own, far from those that noise drifts to.
  static let fieldsOfAStep: UInt32 = 1024
  /// How many pictures the model has drawn.
  private(set) var drawn = 0

  /// How many pictures were found drawn.
  private(set) var found = 0

  /// How many were drawn only to look at them, or looked at before their turn.
  private(set) var looks = 0

  /// How many of these became frames.
  private(set) var used = 0

  /// The size of the pictures.
  private var size: PictureSize { engine.size }

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
    try pictures.value(recipe) { try storedOrDrawn(recipe) }
  }

  private func storedOrDrawn(_ recipe: PictureRecipe) throws -> [UInt8] {
    let key = store?.keys.key(recipe)
    if let rgb = ahead.removeValue(forKey: recipe) {
      guard foundAhead.contains(recipe), let key else {
        used += 1
        keep(rgb, key)
        return rgb
      }
      found += 1
      store?.cache.spare(key)
      return rgb
    }
    if let key, let rgb = stored(key) { return rgb }
    let rgb = try draw(recipe).rgb
    keep(rgb, key)
    return rgb
  }

  /// The picture before its turn, if that ever comes. Once `goesOn` says that it isn't wanted any
  /// more, `CancellationError` is thrown.
  func look(_ recipe: PictureRecipe, while goesOn: () -> Bool = { true }) throws -> [UInt8] {
    if let known = pictures.existing(recipe) ?? ahead[recipe] { return known }
    let key = store?.keys.key(recipe)
    if let key, let rgb = read(key, sparing: false) {
      foundAhead.insert(recipe)
      return rgb
    }
    looks += 1
    let watch = Stopwatch()
    let rgb = try draw(recipe, while: goesOn).rgb
    // A killed run that goes on looks again: what takes long is not to be drawn anew for that.
    if watch.seconds > Self.dear { write(rgb, key, sparing: false) }
    return rgb
  }

  /// So many seconds' work is kept even of pictures that may be no frames; they are the first to go.
  static let dear = 0.25

  /// Holds pictures that were looked at until their turn comes, in place of earlier ones.
  func hold(_ pictures: [PictureRecipe: [UInt8]]) {
    ahead = pictures
    foundAhead.formIntersection(pictures.keys)
  }

  /// The picture of that name, where another run has drawn it.
  func stored(_ key: String) -> [UInt8]? {
    guard let rgb = read(key, sparing: true) else { return nil }
    found += 1
    return rgb
  }

  private func read(_ key: String, sparing: Bool) -> [UInt8]? {
    guard let picture = store?.cache.picture(key, sparing: sparing),
      (picture.width, picture.height) == (size.width, size.height)
    else { return nil }
    return picture.rgb
  }

  /// Counts a picture that has just been drawn, and keeps it for other runs under its name.
  func keep(_ rgb: [UInt8], _ key: String?) {
    drawn += 1
    write(rgb, key, sparing: true)
  }

  private func write(_ rgb: [UInt8], _ key: String?, sparing: Bool) {
    guard let store, let key else { return }
    let picture = Picture(width: size.width, height: size.height, rgb: rgb)
    store.cache.store(picture, key, sparing: sparing)
  }

  /// The picture with all that the model says about it; `CancellationError` once `goesOn` says no.
  func draw(_ recipe: PictureRecipe, while goesOn: () -> Bool = { true }) throws -> Drawing {
    try engine.draw(
      embedding(recipe), noise: noise(recipe.noise, step: 0), stepNoise: stepNoise(recipe),
      while: goesOn)
  }

  /// The same, drawn over another picture's latents.
  func draw(
    _ recipe: PictureRecipe, over latents: [Float], strength: Double
  ) throws -> Drawing {
    try engine.draw(
      embedding(recipe), over: latents, strength: strength, noise: noise(recipe.noise, step: 0),
      stepNoise: stepNoise(recipe))
  }

  /// The picture that latents stand for, as RGB.
  func decode(_ latents: [Float]) throws -> [UInt8] { try engine.decode(latents).rgb }

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

  private func stepNoise(_ recipe: PictureRecipe) -> [[Float]] {
    (1..<engine.steps).map { noise(recipe.noise, step: $0) }
  }

  private func noise(_ recipe: NoiseRecipe, step: Int) -> [Float] {
    recipe.noise { source in
      var source = source
      source.field += UInt32(step) * Self.fieldsOfAStep
      return fields.value(source) { normalNoise(source, shape: engine.latentShape) }
    }
  }
}
