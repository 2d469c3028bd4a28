/// A session again, without a clock: the same story at the same times, every frame drawn however
/// long it takes.
public struct Replay {
  private var script: ReplayScript
  private var stage: Stage

  /// How many frames are still to come.
  public var frameCount: Int { script.reduce(0) { count, _ in count + 1 } }

  /// A replay at `rate` frames a second; `settings` are for a journal that has none to begin with.
  public init(
    _ journal: Journal, rate: Double, crew: Crew, settings: ShowSettings = ShowSettings()
  ) {
    // From the first frame on: a seed that came later would be glided to.
    let settings = journal.opening ?? settings
    script = ReplayScript(journal, rate: rate, settings: settings)
    stage = Stage(crew: crew, settings: settings)
  }

  /// The next frame; nil at the end. The film begins with the first text.
  public mutating func picture() throws -> Shown? {
    guard let moment = script.next() else { return nil }
    return try stage.picture(
      of: moment.wish, settings: moment.settings, clock: { moment.time })
  }
}
