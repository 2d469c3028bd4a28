import Foundation

/// A file that isn't whole yet, under a name of its own as in `frame-000007.png.4711-0.tmp`.
///
/// The name has the process's number and is given once, so that two runs that write the same file
/// don't take each other's.
enum WorkingFile {
  // Names are taken by other threads, and by killed runs of the same number.
  private static let attempts = 1000
  // In seconds: what is older was left by a killed run.
  private static let longestWrite = 3600

  /// Creates the file in which `path` is written, open for writing.
  static func create(for path: String) throws(FilmError) -> (name: String, file: Int32) {
    for attempt in 0..<attempts {
      let name = "\(path).\(getpid())-\(attempt).tmp"
      let file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      if file >= 0 { return (name, file) }
      guard errno == EEXIST else { break }
    }
    throw systemFailure(path, writing: true)
  }

  /// Takes away what killed runs left in a folder of the files that `isOwn` knows by their names.
  static func removeLeftovers(in folder: String, of isOwn: (String) -> Bool) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names {
      guard let whole = target(of: name), isOwn(whole) else { continue }
      let path = folder + "/" + name
      var status = stat()
      guard stat(path, &status) == 0, time(nil) - status.st_mtim.tv_sec > longestWrite else {
        continue
      }
      unlink(path)
    }
  }

  /// The name that the file would have got; nil for one that isn't in the making.
  private static func target(of name: String) -> String? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 2, parts[parts.count - 1] == "tmp" else { return nil }
    let writer = parts[parts.count - 2].split(separator: "-", omittingEmptySubsequences: false)
    guard writer.count == 2, writer.allSatisfy({ Int($0) != nil }) else { return nil }
    return parts.dropLast(2).joined(separator: ".")
  }
}
