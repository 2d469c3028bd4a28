import Foundation
import Live

/// Shows on standard error how far a render is: a bar for a person, a line now and then for a log.
struct Progress {
  /// Where it is shown.
  enum Style: Equatable {
    case silent
    case bar(colour: Bool)
    case lines
  }

  private let style: Style
  private let clock = ContinuousClock()
  private let watch = Stopwatch()
  private var shown: ContinuousClock.Instant?
  private var isLineOpen = false

  init(style: Style) {
    self.style = style
  }

  /// The style that suits standard error.
  static func style(quiet: Bool) -> Style {
    if quiet { return .silent }
    return StandardError.isTerminal ? .bar(colour: StandardError.wantsColour) : .lines
  }

  /// Seconds since the beginning.
  var elapsed: Double { watch.seconds }

  /// Says in words what takes a while.
  mutating func note(_ text: String) {
    switch style {
    case .silent: break
    case .bar:
      StandardError.write("\r\u{1B}[K" + text.clipped(columns: StandardError.columns - 1))
      isLineOpen = true
    case .lines: break
    }
  }

  /// Shows the state where it is time to.
  mutating func show(_ state: @autoclosure () -> ProgressState) {
    let now = clock.now
    let wait: Duration = style == .lines ? .seconds(5) : .milliseconds(100)
    if let shown, now - shown < wait { return }
    // A log needs no line for what is over before the first one is due.
    if style == .lines, shown == nil {
      shown = now
      return
    }
    shown = now
    switch style {
    case .silent: break
    case .bar(let colour):
      let line = state().bar(columns: StandardError.columns - 1, colour: colour)
      StandardError.write("\r" + line + "\u{1B}[K")
      isLineOpen = true
    case .lines: StandardError.write("fabula: \(state().plain)\n")
    }
  }

  /// Leaves the terminal's line free for what comes next.
  mutating func clear() {
    if isLineOpen { StandardError.write("\r\u{1B}[K") }
    isLineOpen = false
  }

  /// A line that stays, unless all is to be silent.
  mutating func say(_ text: String) {
    clear()
    if style != .silent { StandardError.write(text + "\n") }
  }
}
