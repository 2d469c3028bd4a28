import Foundation

/// A file of text.
enum TextFile {
  /// Writes the text; under the final name there is all of it or what was there before.
  static func write(_ text: String, to path: String) throws(Failure) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Failure("\(path): cannot be written: choose another output")
    }
  }
}
