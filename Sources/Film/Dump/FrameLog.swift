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

  /// When the manifest was last written, and how long the next one may wait.
  private let written = Mutex((when: ContinuousClock.now, wait: Duration.seconds(1)))

  /// Whether it is time to write the manifest.
  var isDue: Bool { written.withLock { ContinuousClock.now - $0.when > $0.wait } }

  /// Notes that the manifest has been written. It grows with the film, so it is written ever less
  /// often: all writing together takes a time that grows with the film's length, not its square.
  func wrote() {
    written.withLock { $0 = (ContinuousClock.now, $0.wait * 1.25) }
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
