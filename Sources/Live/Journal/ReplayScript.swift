/// What a journal wants shown, frame by frame; nothing is drawn, so it can be looked through first.
struct ReplayScript: Sequence, IteratorProtocol, Sendable {
  /// What one frame is to show.
  struct Moment: Sendable {
    /// When, in seconds of the session.
    var time: Double
    /// What.
    var wish: Director.Wish
    /// As somebody has turned them by then.
    var settings: ShowSettings
  }

  private let journal: Journal
  private let rate: Double
  private var director = Director()
  private var settings: ShowSettings
  private var entry = 0
  private var frame = 0

  /// A journal at `rate` frames a second.
  init(_ journal: Journal, rate: Double, settings: ShowSettings) {
    self.journal = journal
    self.rate = rate
    self.settings = settings
    director.pace = settings.pace
  }

  /// The next frame; nil at the end. The first one has the first text.
  mutating func next() -> Moment? {
    while true {
      let now = Double(frame) / rate
      while entry < journal.entries.count, journal.entries[entry].time <= now {
        let happening = journal.entries[entry].happening
        director.take(happening, at: now)
        settings = happening.settings ?? settings
        entry += 1
      }
      let isDone = entry == journal.entries.count
      let hasEnded = journal.entries.last?.happening == .ended
      if isDone, hasEnded ? director.isOver(at: now) : now >= journal.duration { return nil }
      frame += 1
      if let wish = director.wish(at: now) {
        return Moment(time: now, wish: wish, settings: settings)
      }
    }
  }
}
