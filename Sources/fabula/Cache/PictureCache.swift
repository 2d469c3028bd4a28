import Dispatch
import Film
import Foundation
import Synchronization

/// Pictures drawn before, by this run or another: a killed render goes on where it stopped, and
/// of an edited story only what changed is drawn.
///
/// Pictures are written on a queue of their own. The cache makes room by dropping what other runs
/// left; when all of it is this run's, it takes no more, so that the run can be repeated at least
/// that far.
final class PictureCache: Sendable {
  private let folder: CacheFolder
  private let limit: Int
  private let queue = DispatchQueue(label: "cache")
  // So few pictures may wait that a slow disk slows the drawing instead of filling the memory.
  private let room = DispatchSemaphore(value: 16)
  private let state = Mutex(State())

  private struct State {
    /// What this run wrote or read for its film, by the short form of their names.
    var used: Set<UInt64> = []
    /// The bytes in the folder; nil before they have been counted.
    var bytes: Int?
    var isClosed = false
    var problem: String?
  }

  /// A cache in `folder` of at most `limit` bytes.
  init(folder: CacheFolder, limit: Int) {
    self.folder = folder
    self.limit = limit
  }

  /// Why pictures could not be kept, where that happened.
  var problem: String? { state.withLock { $0.problem } }

  /// The picture named `key`, where it is there and whole. Unless it is spared, this run may take
  /// it away to make room.
  func picture(_ key: String, sparing: Bool = true) -> Picture? {
    let file = folder.file(key)
    guard access(file, R_OK) == 0, let picture = try? PNG.read(file) else { return nil }
    folder.touch(key)
    if sparing { spare(key) }
    return picture
  }

  /// Keeps what is named `key` from being taken away by this run.
  func spare(_ key: String) {
    state.withLock { _ = $0.used.insert(CacheFolder.short(key)) }
  }

  /// What else is kept under the name `key`, where it is there.
  func data(_ key: String, kind: String) -> Data? {
    guard let data = FileManager.default.contents(atPath: folder.file(key, kind: kind)) else {
      return nil
    }
    folder.touch(key, kind: kind)
    spare(key)
    return data
  }

  /// Keeps the picture under the name `key`. Unless it is spared, this run may take it away to make
  /// room.
  func store(_ picture: Picture, _ key: String, sparing: Bool = true) {
    enqueue(key, folder.file(key), sparing: sparing) { try PNG.write(picture, to: $0, level: 1) }
  }

  /// Keeps something else under the name `key`.
  func store(_ data: Data, _ key: String, kind: String) {
    enqueue(key, folder.file(key, kind: kind), sparing: true) {
      try data.write(to: URL(fileURLWithPath: $0), options: .atomic)
    }
  }

  private func enqueue(
    _ key: String, _ file: String, sparing: Bool,
    _ write: @escaping @Sendable (String) throws -> Void
  ) {
    guard state.withLock({ !$0.isClosed }) else { return }
    room.wait()
    queue.async { [self] in
      defer { room.signal() }
      keep(key, file, sparing: sparing, write)
    }
  }

  /// Waits until all pictures are written.
  func finish() { queue.sync {} }

  private func keep(
    _ key: String, _ file: String, sparing: Bool, _ write: (String) throws -> Void
  ) {
    guard hasRoom() else { return }
    let before = Self.bytes(of: file)
    do {
      let parent = URL(fileURLWithPath: file).deletingLastPathComponent().path
      try FileManager.default.createDirectory(
        atPath: parent, withIntermediateDirectories: true)
      try write(file)
    } catch {
      close("pictures are not kept: \(error)")
      return
    }
    if sparing { spare(key) }
    let added = Self.bytes(of: file) - before
    state.withLock { $0.bytes = ($0.bytes ?? 0) + added }
  }

  private static func bytes(of file: String) -> Int {
    var status = stat()
    return stat(file, &status) == 0 ? Int(status.st_blocks) * 512 : 0
  }

  private func hasRoom() -> Bool {
    let (bytes, used, isClosed) = state.withLock { ($0.bytes, $0.used, $0.isClosed) }
    if isClosed { return false }
    if let bytes, bytes < limit { return true }
    // A tenth more than needed, so that the folder isn't read for every picture.
    let left =
      bytes == nil && limit > 0
      ? folder.shrink(to: limit, sparing: used) : folder.shrink(to: limit / 10 * 9, sparing: used)
    state.withLock { $0.bytes = left }
    guard left >= limit else { return true }
    close(nil)
    return false
  }

  private func close(_ problem: String?) {
    state.withLock {
      $0.isClosed = true
      $0.problem = problem
    }
  }
}
