import Foundation
import Live
import Synchronization

/// Writes a journal as things happen, so that a killed show has all of it.
final class JournalFile: Sendable {
  private let path: String
  private let failed: @Sendable (String) -> Void
  private let descriptor: Int32
  private let isBroken = Mutex(false)

  /// Begins a journal at `path`. `failed` is told, in words, when it can't go on.
  init(path: String, failed: @escaping @Sendable (String) -> Void) throws(Failure) {
    self.path = path
    self.failed = failed
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
    if let code = writeAll(Array(Journal.head.utf8), to: descriptor) {
      throw Self.failure(path, code)
    }
  }

  deinit { close(descriptor) }

  /// Adds what happened.
  func note(_ happening: Happening, _ time: Double) {
    let line = Array(JournalEntry(time: time, happening: happening).line.utf8)
    let problem = isBroken.withLock { isBroken -> Failure? in
      // A line behind half a line would make all of it unreadable.
      if isBroken { return nil }
      guard let code = writeAll(line, to: descriptor) else { return nil }
      isBroken = true
      return Self.failure(path, code)
    }
    if let problem { failed("\(problem): the journal ends here") }
  }

  private static func failure(_ path: String, _ code: Int32) -> Failure {
    Failure("\(path): cannot be written: \(String(cString: strerror(code)))")
  }
}
