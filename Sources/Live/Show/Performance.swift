import Foundation
import Synchronization

/// A running show: texts come from any thread, pictures go to everyone who watches.
public final class Performance: Sendable {
  private let state: Mutex<State>
  private let bell = Bell()
  private let rate: Double

  fileprivate struct State {
    var director: Director
    var settings: ShowSettings
    var author = 0
    var isStopped = false
    var keys = 0
    var secondsToDraw = 0.0
    var outlets: [@Sendable (Shown) -> Void] = []
    var listeners: [@Sendable (Happening, Double) -> Void] = []
    /// When it began to run; what happens before counts as the very beginning.
    var began: Double?
  }

  /// A show of at most `rate` pictures a second.
  public init(settings: ShowSettings, rate: Double, lag: Double = 8) {
    var director = Director(lag: lag)
    director.pace = settings.pace
    state = Mutex(State(director: director, settings: settings))
    self.rate = rate
  }

  /// Lets `outlet` have every picture; it is called on the show's thread and must be quick.
  public func add(outlet: @escaping @Sendable (Shown) -> Void) {
    state.withLock { $0.outlets.append(outlet) }
  }

  /// Lets `listener` know what happens, with the seconds since the beginning.
  public func add(listener: @escaping @Sendable (Happening, Double) -> Void) {
    state.withLock { $0.listeners.append(listener) }
  }

  /// Takes note of what somebody did; `author` is that somebody's number.
  public func take(_ happening: Happening, author: Int = 0) {
    let (listeners, time) = state.withLock { state in
      let now = monotonicSeconds()
      state.take(happening, author: author, at: now)
      return (state.listeners, state.began.map { now - $0 } ?? 0)
    }
    for listener in listeners { listener(happening, time) }
    bell.ring()
  }

  /// Ends the show before the input does.
  public func stop() {
    state.withLock { $0.isStopped = true }
    bell.ring()
  }

  /// What there is to tell about the show besides its pictures.
  public var status: Status {
    state.withLock { state in
      Status(
        lines: state.director.lines.suffix(40), draft: state.director.draft, author: state.author,
        settings: state.settings, millisecondsToDraw: (state.secondsToDraw * 1e4).rounded() / 10)
    }
  }

  /// Runs the show on this thread until it is over or stopped.
  public func run(_ crew: Crew) throws {
    // Together, so that what is set before time begins is what the show begins with.
    let opening = state.withLock { state in
      state.began = monotonicSeconds()
      return state.settings
    }
    var stage = Stage(crew: crew, settings: opening)
    var shownKey: UInt32?
    while true {
      let began = monotonicSeconds()
      let (wish, settings, keys, isOver) = state.withLock { state in
        let wish = state.director.wish(at: began)
        let isOver = state.isStopped || state.director.isOver(at: began)
        return (wish, state.settings, state.keys, isOver)
      }
      if isOver { return }
      // A picture that shows no new key gives way to one that would, unless it is half done. One
      // that does is finished, or keys that come faster than pictures would leave nothing to see.
      let showsKey = wish?.key != shownKey
      let half = began + stage.secondsToDraw / 2
      let shown: Shown?
      do {
        shown = try stage.picture(of: wish, settings: settings, clock: monotonicSeconds) {
          showsKey || state.withLock { $0.keys == keys } || monotonicSeconds() > half
        }
      } catch is CancellationError { continue }
      if let shown {
        shownKey = shown.key
        let outlets = state.withLock { state in
          state.secondsToDraw = stage.secondsToDraw
          return state.outlets
        }
        for outlet in outlets { outlet(shown) }
      }
      // A key need not wait for the next picture's turn.
      let left = began + 1 / rate - monotonicSeconds()
      if left > 0 { bell.wait(seconds: left) }
    }
  }
}

extension Performance.State {
  fileprivate mutating func take(_ happening: Happening, author: Int, at now: Double) {
    director.take(happening, at: now)
    switch happening {
    case .typed, .entered:
      self.author = author
      keys &+= 1
    case .set(let settings): self.settings = settings
    case .told, .ended: break
    }
  }
}
