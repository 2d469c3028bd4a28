import Foundation

/// The bytes of a story and what it is called.
struct StoryFile {
  /// The text's bytes, in whatever encoding they came.
  let bytes: [UInt8]
  /// The file's path as the user wrote it; nil for standard input.
  let path: String?

  /// A larger file is no story: a long novel has a few million bytes.
  private static let limit = 64 << 20

  /// Reads the file at `path`, or standard input for `-`.
  init(path: String) throws(Failure) {
    self.path = path == "-" ? nil : path
    let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
    defer { if descriptor != 0 { close(descriptor) } }
    bytes = try Self.read(descriptor, path)
  }

  /// What messages call it.
  var label: String { path ?? "standard input" }

  /// The name of its films, without an extension.
  var stem: String {
    guard let path else { return "story" }
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    return name.isEmpty ? "story" : name
  }

  private static func read(_ descriptor: Int32, _ path: String) throws(Failure) -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path, errno) }
      if count == 0 { return result }
      result += buffer[..<count]
      guard result.count <= limit else {
        throw Failure("\(path): larger than 64 MiB: give a text file")
      }
    }
  }

  private static func failure(_ path: String, _ code: Int32) -> Failure {
    let label = path == "-" ? "standard input" : path
    switch code {
    case ENOENT: return Failure("\(label): no such file: check the story's path")
    case EISDIR: return Failure("\(label): is a folder: give a story file")
    case EACCES: return Failure("\(label): may not be read: change its permissions")
    default: return Failure("\(label): cannot be read: \(String(cString: strerror(code)))")
    }
  }
}
