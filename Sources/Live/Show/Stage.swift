/// Draws the show: takes the newest wish, moves a step towards it, hands the picture on.
///
/// It looks at the wish once a picture, so text that comes faster than it can be drawn is skipped
/// and nothing ever queues up.
public struct Stage {
  private let crew: Crew
  private var show: Show
  private var passage: Passage?
  private var lastTime: Double?
  private var number = 0
  /// What the last picture took, in seconds.
  public private(set) var secondsToDraw = 0.0

  /// An empty stage.
  public init(crew: Crew, settings: ShowSettings = ShowSettings()) {
    self.crew = crew
    show = Show(settings: settings)
  }

  /// The picture at `clock`'s time; nil while there is nothing to show. Throws
  /// `CancellationError` where the crew gave the picture up because `goesOn` said no: the show has
  /// moved on, and the next picture lies where this one's successor would.
  public mutating func picture(
    of wish: Director.Wish?, settings: ShowSettings, clock: () -> Double,
    while goesOn: () -> Bool = { true }
  ) throws -> Shown? {
    let began = clock()
    guard let wish else { return nil }
    show.settings = settings
    if wish.passage != passage {
      show.aim(at: try crew.encode(wish.passage))
      passage = wish.passage
    }
    // Encoding takes time as well; the first frame shows the first text, not the way to it.
    let now = clock()
    let frame = show.frame(after: lastTime.map { now - $0 } ?? 0)
    lastTime = now
    guard let frame else { return nil }
    let rgb = try crew.draw(frame, goesOn)
    number += 1
    let end = clock()
    secondsToDraw = end - began
    return Shown(number: number, time: end, rgb: rgb, line: wish.line, key: wish.key)
  }
}
