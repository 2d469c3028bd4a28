import Synchronization

/// The frames that are on the disk so far.
final class FrameLog: Sendable {
  let fps: FrameRate
  private let base: FrameManifest
  private let entries: Mutex<[Int: FrameEntry]>

  init(_ manifest: FrameManifest) {
    base = manifest
    fps = manifest.fps
    let known = manifest.frames.map { ($0.index, $0) }
    entries = Mutex(Dictionary(known) { _, last in last })
  }

  func add(_ entry: FrameEntry) {
    entries.withLock { $0[entry.index] = entry }
  }

  var manifest: FrameManifest {
    var result = base
    result.frames = entries.withLock { $0.values.sorted { $0.index < $1.index } }
    return result
  }
}
