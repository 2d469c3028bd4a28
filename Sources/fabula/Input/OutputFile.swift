import Foundation

/// Where a result goes, checked before any work is done for it.
struct OutputFile {
  /// What may be there already and be replaced.
  enum Kind {
    case film
    case picture
    case sound
    case data
    case text

    fileprivate var name: String {
      switch self {
      case .film: "film"
      case .picture: "picture"
      case .sound: "WAV file"
      case .data, .text: "file of this kind"
      }
    }

    /// Whether a file that begins with these bytes is of this kind.
    fileprivate func matches(_ head: [UInt8]) -> Bool {
      func has(_ text: String, at offset: Int) -> Bool {
        head.dropFirst(offset).starts(with: Array(text.utf8))
      }
      switch self {
      case .film:
        return ["ftyp", "moov", "mdat", "free", "wide"].contains { has($0, at: 4) }
          || head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) || has("GIF8", at: 0)
          || has("RIFF", at: 0)
      case .picture:
        return has("PNG", at: 1) || has("RIFF", at: 0) || head.starts(with: [0xFF, 0xD8])
      case .sound: return has("RIFF", at: 0) && has("WAVE", at: 8)
      case .data: return has("{", at: 8)
      case .text: return has("{", at: 0) || has("<", at: 0)
      }
    }
  }

  /// Its path as the user wrote it.
  let path: String

  /// Checks that `path` may be written: not a folder, not one of `inputs`, in a folder that is
  /// there, and new or of the kind that it is replaced with, unless `force` is given.
  init(path: String, kind: Kind, inputs: [String?] = [], force: Bool) throws(Failure) {
    self.path = path
    guard path != "-" else {
      throw Failure("a film or picture can't go to standard output: give a file's name")
    }
    try Self.checkFolder(of: path)
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw Failure("\(path): is a folder: give a file's name")
    }
    for case let input? in inputs where Self.isSame(input, status) {
      throw Failure("\(path): is what is read: give the output another name")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure("\(path): is not an ordinary file: give another name")
    }
    guard !force, status.st_size > 0, !kind.matches(Self.head(of: path)) else { return }
    throw Failure("\(path): exists and is no \(kind.name): give another name, or --force")
  }

  private static func checkFolder(of path: String) throws(Failure) {
    guard !path.isEmpty else { throw Failure("the output has no name: give one with -o") }
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw Failure("\(folder): no such folder: create it, or give another output")
    }
    guard access(folder, W_OK) == 0 else {
      throw Failure("\(folder): may not be written: give another output with -o")
    }
  }

  private static func isSame(_ input: String, _ status: stat) -> Bool {
    var other = stat()
    return stat(input, &other) == 0 && other.st_dev == status.st_dev
      && other.st_ino == status.st_ino
  }

  private static func head(of path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 16)
    let count = read(descriptor, &buffer, buffer.count)
    return Array(buffer.prefix(max(0, count)))
  }
}
