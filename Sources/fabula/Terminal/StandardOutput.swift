import Foundation

/// Where a result goes that is text.
enum StandardOutput {
  /// Writes the text; a reader that has seen enough (`| head`) is no error.
  static func write(_ text: String) throws(Failure) {
    guard let code = writeAll(Array(text.utf8), to: 1), code != EPIPE else { return }
    throw Failure("standard output: cannot be written: \(String(cString: strerror(code)))")
  }
}
