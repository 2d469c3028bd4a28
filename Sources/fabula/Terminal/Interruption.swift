import Dispatch
import Foundation
import Synchronization

/// Ctrl-C and its like: the first asks to finish with what there is, the second ends at once.
final class Interruption: Sendable {
  private let presses: Presses
  // Held so that they stay active; nothing touches them after `init`.
  nonisolated(unsafe) private let sources: [any DispatchSourceSignal]

  /// Whether the user has asked to finish.
  var isRequested: Bool { presses.count.load(ordering: .relaxed) > 0 }

  private final class Presses: Sendable {
    let count = Atomic<Int>(0)
  }

  /// Starts to listen; signals no longer end the process by themselves.
  init() {
    let presses = Presses()
    let queue = DispatchQueue(label: "signals")
    self.presses = presses
    // A hang-up that our parent has us ignore (nohup) stays ignored.
    sources = [SIGINT, SIGTERM, SIGHUP].filter { $0 != SIGHUP || !Self.isIgnored($0) }.map {
      signal($0, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: $0, queue: queue)
      source.setEventHandler {
        guard presses.count.add(1, ordering: .relaxed).newValue > 1 else { return }
        StandardError.write("\n")
        _exit(130)
      }
      source.activate()
      return source
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}
