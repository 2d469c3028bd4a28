import Live
import Synchronization

/// What a running show has to say besides its pictures.
///
/// It is said on the terminal's screen where the show has one, since lines of standard error would
/// be drawn over there, and else on standard error. The page asks for the latest problem.
final class LiveNews: Sendable {
  private let state = Mutex(State())

  private struct State {
    var screen: TerminalScreen?
    var latest: String?
    var problems: [Matter: String] = [:]
  }

  /// What can go wrong while a show goes on.
  enum Matter: Comparable {
    case journal, recording
  }

  /// What is wrong; nil where all is well.
  var problem: String? {
    let problems = state.withLock { $0.problems }.sorted { $0.key < $1.key }.map(\.value)
    return problems.isEmpty ? nil : problems.joined(separator: "; ")
  }

  /// Says it on this screen from now on, beginning with what was said last; nil ends that.
  func appear(on screen: TerminalScreen?) {
    let latest = state.withLock { state -> String? in
      state.screen = screen
      return state.latest
    }
    if let screen, let latest { screen.show(note: latest) }
  }

  /// Says a line.
  func say(_ text: String) {
    let screen = state.withLock { state -> TerminalScreen? in
      state.latest = text
      return state.screen
    }
    screen?.show(note: text)
    if screen == nil || !StandardError.isTerminal { StandardError.write(text + "\n") }
  }

  /// Says what went wrong.
  func complain(_ text: String, about matter: Matter) {
    state.withLock { $0.problems[matter] = text }
    say("fabula: " + text)
  }

  /// What went wrong is over: somebody tries again.
  func settle(_ matter: Matter) { state.withLock { $0.problems[matter] = nil } }
}
