import CFFmpeg
import Glibc

/// Owns a file that exists in memory only, for libraries that want a path.
final class MemoryFile {
  /// A path that opens the file, as long as this object lives, in this process.
  let path: String
  private let file: Int32

  init(_ text: String, name: String) throws(FilmError) {
    file = fabula_memory_file()
    guard file >= 0 else { throw systemFailure(name, writing: true) }
    path = "/proc/self/fd/\(file)"
    let bytes = Array(text.utf8)
    var position = 0
    while position < bytes.count {
      let some = bytes[position...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      guard some > 0 else { throw systemFailure(name, writing: true) }
      position += some
    }
  }

  deinit { close(file) }
}
