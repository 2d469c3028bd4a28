import Foundation
import Live

/// Writes a journal as things happen, so that a killed show has all of it.
final class JournalFile: Sendable {
  private let descriptor: Int32

  /// Begins a journal at `path`.
  init(path: String) throws(Failure) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw Failure("\(path): cannot be written: \(String(cString: strerror(errno)))")
    }
    write(Journal.head)
  }

  deinit { close(descriptor) }

  /// Adds what happened.
  func note(_ happening: Happening, _ time: Double) {
    write(JournalEntry(time: time, happening: happening).line)
  }

  // One call a line: lines of two threads don't mix.
  private func write(_ line: String) {
    let bytes = Array(line.utf8)
    _ = Glibc.write(descriptor, bytes, bytes.count)
  }
}
