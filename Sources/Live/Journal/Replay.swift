/// A session again, without a clock: the same story at the same times, every frame drawn however
/// long it takes.
public struct Replay {
  private let journal: Journal
  private let rate: Double
  private var stage: Stage
  private var director: Director
  private var settings: ShowSettings
  private var next = 0
  private var frame = 0

  /// A replay at `rate` frames a second.
  public init(
    _ journal: Journal, rate: Double, crew: Crew, settings: ShowSettings = ShowSettings()
  ) {
    self.journal = journal
    self.rate = rate
    self.settings = settings
    stage = Stage(crew: crew, settings: settings)
    director = Director()
    director.pace = settings.pace
  }

  /// The next frame; nil at the end. The film begins with the first text.
  public mutating func picture() throws -> Shown? {
    while true {
      let now = Double(frame) / rate
      while next < journal.entries.count, journal.entries[next].time <= now {
        director.take(journal.entries[next].happening, at: now)
        if case .set(let set) = journal.entries[next].happening { settings = set }
        next += 1
      }
      let isDone = next == journal.entries.count
      let hasEnded = journal.entries.last?.happening == .ended
      if isDone, hasEnded ? director.isOver(at: now) : now >= journal.duration { return nil }
      frame += 1
      let wish = director.wish(at: now)
      if let shown = try stage.picture(of: wish, settings: settings, clock: { now }) {
        return shown
      }
    }
  }
}
