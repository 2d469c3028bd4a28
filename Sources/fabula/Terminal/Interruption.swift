import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and its like: the first asks to finish with what there is, the second ends at once, after
/// what it has been told to do then. When it goes, signals do again what they did before.
final class Interruption: Sendable {
  private let presses: Presses
  private let handlers: [Handler]

  /// Whether the user has asked to finish.
  var isRequested: Bool { presses.count.load(ordering: .relaxed) > 0 }

  private final class Presses: Sendable {
    let count = Atomic<Int>(0)
  }

  // Nothing touches the source between `init` and `deinit`.
  private struct Handler: @unchecked Sendable {
    let number: Int32
    let before: sigaction
    let source: any DispatchSourceSignal
  }

  /// Starts to listen; signals no longer end the process by themselves. `leave` is called, on
  /// another thread, where the process is ended at once.
  init(leave: @escaping @Sendable () -> Void = {}) {
    let presses = Presses()
    let queue = DispatchQueue(label: "signals")
    self.presses = presses
    // A hang-up that our parent has us ignore (nohup) stays ignored.
    handlers = [SIGINT, SIGTERM, SIGHUP].filter { $0 != SIGHUP || !Self.isIgnored($0) }.map {
      let before = Self.action($0)
      signal($0, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: $0, queue: queue)
      source.setEventHandler {
        guard presses.count.add(1, ordering: .relaxed).newValue > 1 else { return }
        leave()
        StandardError.write("\n")
        _exit(130)
      }
      source.activate()
      return Handler(number: $0, before: before, source: source)
    }
  }

  deinit {
    for handler in handlers {
      handler.source.cancel()
      var before = handler.before
      sigaction(handler.number, &before, nil)
    }
  }

  private static func action(_ number: Int32) -> sigaction {
    var action = sigaction()
    sigaction(number, nil, &action)
    return action
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    unsafeBitCast(action(number).__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
