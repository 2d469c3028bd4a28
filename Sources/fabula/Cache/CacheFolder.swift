import Foundation

/// The folder of drawn pictures: one PNG each, named by its key. What a voice command said is
/// kept there too.
struct CacheFolder: Sendable {
  /// Its path.
  let path: String

  /// The first 64 bits of a key: enough to tell a film's pictures apart, in little memory.
  static func short(_ key: String) -> UInt64 { UInt64(key.prefix(16), radix: 16) ?? 0 }

  /// A picture in it.
  struct Entry: Sendable {
    var path: String
    /// The short form of its key.
    var short: UInt64
    var bytes: Int
    /// When it was last wanted.
    var used: timespec
  }

  /// The user's own: `fabula/pictures` in the cache folder that the desktop names; nil for a user
  /// without a home.
  static var standard: CacheFolder? {
    let environment = ProcessInfo.processInfo.environment
    // The XDG rules ignore a relative path.
    if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") {
      return CacheFolder(path: base + "/fabula/pictures")
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return CacheFolder(path: home + "/.cache/fabula/pictures")
  }

  /// Where the picture named `key` is, or what else is kept under that name.
  func file(_ key: String, kind: String = "png") -> String {
    "\(path)/\(key.prefix(2))/\(key.dropFirst(2)).\(kind)"
  }

  /// All that is kept there, what is unused for longest first. What isn't named as `file` names it
  /// is somebody else's: it is neither counted nor ever taken away.
  func entries() -> [Entry] {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let entries = folders.filter { $0.count == 2 }.flatMap { folder in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []
      return names.compactMap { entry(folder, $0) }
    }
    return entries.sorted {
      ($0.used.tv_sec, $0.used.tv_nsec, $0.path) < ($1.used.tv_sec, $1.used.tv_nsec, $1.path)
    }
  }

  /// The last two are earlier versions'.
  private static let kinds: Set<Substring> = [
    "png", "wav", "latents", "places", "looks", "probes",
  ]

  /// Whether a file is one of the store's, or what a killed run left of one.
  private static func isOwn(_ folder: String, _ name: String) -> Bool {
    // Foundation's name for what it writes at once; no other program's files are in such a folder.
    if name.hasPrefix(".dat.nosync") { return folder.allSatisfy(\.isHexDigit) }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.last == "tmp" else { return false }
    let key = folder + parts[0]
    return key.utf8.count == 64 && key.allSatisfy { $0.isASCII && $0.isHexDigit }
      && kinds.contains(parts[1])
  }

  private func entry(_ folder: String, _ name: String) -> Entry? {
    guard Self.isOwn(folder, name) else { return nil }
    let file = "\(path)/\(folder)/\(name)"
    var status = stat()
    guard stat(file, &status) == 0 else { return nil }
    return Entry(
      path: file, short: Self.short(folder + name), bytes: Int(status.st_blocks) * 512,
      used: status.st_mtim)
  }

  /// Marks a picture as wanted now.
  func touch(_ key: String, kind: String = "png") { utimes(file(key, kind: kind), nil) }

  /// Takes away the pictures unused for longest until at most `limit` bytes are left, but none
  /// that `spared` names; returns the bytes that are left.
  @discardableResult
  func shrink(to limit: Int, sparing spared: Set<UInt64> = []) -> Int {
    let entries = entries()
    var total = entries.reduce(0) { $0 + $1.bytes }
    for entry in entries where total > limit && !spared.contains(entry.short) {
      if unlink(entry.path) == 0 { total -= entry.bytes }
    }
    return total
  }
}
