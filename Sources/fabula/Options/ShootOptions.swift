import ArgumentParser
import Story
import Travel

/// All that decides what a story's frames look like.
struct ShootOptions: ParsableArguments {
  @Option(help: "Frames a second, 1 to 240, as in 24 or 30000/1001.")
  var fps: Travel.FrameRate?

  @Option(help: "The number that all randomness comes from.")
  var seed: UInt64?

  @OptionGroup(title: "Model") var model: ModelOptions
  @OptionGroup(title: "Story") var reading: StoryReading
  @OptionGroup(title: "Sound") var sound: SoundOptions
  @OptionGroup(title: "Motion") var motion: MotionOptions
  @OptionGroup(title: "Store") var caching: CacheOptions

  /// What the film of the story in `file` is to be; refuses a wrong story before a model is loaded.
  func settings(of file: StoryFile) throws -> FilmSettings {
    try FilmSettings(reading.story(in: file).settings, fps: fps, size: model.size, seed: seed)
  }

  /// What is heard with the film: a narration is spoken here, once.
  func soundtrack(of file: StoryFile, _ progress: inout Progress) throws -> Soundtrack {
    try SoundMaker(options: sound, reading: reading, caching: caching)
      .soundtrack(of: file, &progress)
  }

  /// Loads the model and plans the film of a story whose times are those of its sound.
  func studio(
    for file: StoryFile, _ settings: FilmSettings, _ soundtrack: Soundtrack
  ) throws -> Studio {
    let engine = try model.engine(fallback: settings.size)
    // The story is read on this thread, where the engine is used too.
    nonisolated(unsafe) let counter = engine
    let story = try reading.story(in: file) { counter.tokenCount($0) }
      .timed(like: soundtrack.story)
    let production = try Production(
      story: story, rate: settings.rate, options: motion.options(seed: settings.seed),
      seeds: settings.seeds)
    let store = caching.pictures.map { cache in
      Painter.Store(
        cache: cache,
        keys: PictureKeys(
          model: model.digest, engine: engine, prompts: production.prompts,
          blend: motion.blend))
    }
    let painter = Painter(
      engine: engine, prompts: production.prompts, blend: motion.blend,
      store: store)
    return Studio(
      production: production, painter: painter,
      pacer: motion.even ? Pacer(painter: painter, drawsOver: motion.feedback != nil) : nil,
      feedback: motion.feedback.map {
        FeedbackPainter(painter: painter, plan: production.plan, strength: $0)
      },
      cache: store?.cache,
      metadata: metadata(settings, painter))
  }

  private func seeds(_ settings: FilmSettings) -> String {
    settings.seeds.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
  }

  /// What makes the film again.
  private func metadata(_ settings: FilmSettings, _ painter: Painter) -> [String: String] {
    [
      "encoder": Fabula.version,
      "comment": "\(Fabula.version), model \(model.title) \(model.digest.hex.prefix(16)), "
        + "seed \(settings.seed)\(seeds(settings)), \(model.steps) steps, \(painter.engine.size), "
        + "\(settings.rate) fps, \(motion.description)",
    ]
  }
}
