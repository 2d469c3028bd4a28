import Foundation
import Live
import Story
import Synchronization

/// Standard input of a live show: keys of a terminal, or text that comes from a pipe.
final class LiveInput: Sendable {
  private let performance: Performance
  private let reader: LiveReader
  private let screen: TerminalScreen?
  private let endsEmpty: Bool
  private let state: Mutex<State>

  private struct State {
    var decoder = TextDecoder()
    var sentences: SentenceStream
    var editor = LineEditor()
    var hasText = false
    var key: UInt32 = 0
  }

  /// Input for `performance`. An end without any text ends the show only where `endsEmpty`.
  init(
    _ performance: Performance, reader: LiveReader, language: String?, screen: TerminalScreen?,
    endsEmpty: Bool
  ) {
    self.performance = performance
    self.reader = reader
    self.screen = screen
    self.endsEmpty = endsEmpty
    state = Mutex(State(sentences: SentenceStream(language: language)))
  }

  /// Text from a pipe: sentences are found across lines, and a pause ends one.
  func takeText(_ event: InputReader.Event) {
    let (sentences, isEnd) = state.withLock { state -> ([String], Bool) in
      switch event {
      case .bytes(let bytes):
        let text = state.decoder.text(of: bytes)
        state.hasText = state.hasText || !text.isEmpty
        return (state.sentences.feed(text), false)
      case .pause: return (state.sentences.finish(), false)
      case .end:
        return (
          state.sentences.feed(state.decoder.finish()) + state.sentences.finish(),
          state.hasText || endsEmpty
        )
      }
    }
    if !sentences.isEmpty { performance.take(.told(sentences.map(reader.told))) }
    if isEnd { performance.take(.ended) }
  }

  /// Keys of a terminal: every one counts.
  func takeKeys(_ event: InputReader.Event) {
    switch event {
    case .bytes(let bytes):
      let happenings = state.withLock { state -> [Happening] in
        let changes = state.editor.feed(bytes)
        screen?.show(line: state.editor.text, cursor: state.editor.cursor)
        return changes.compactMap { change in
          state.key &+= 1
          return switch change {
          case .edited(let text): .typed(text, key: state.key)
          case .moved: nil
          case .entered: .entered(key: state.key)
          case .ended: .ended
          }
        }
      }
      for happening in happenings { performance.take(happening) }
    case .pause: break
    // The terminal is gone: what was being typed is as finished as it will be.
    case .end:
      performance.take(.entered(key: 0))
      performance.take(.ended)
    }
  }
}
