import Foundation

/// A bounded queue between the thread that draws and the thread that encodes.
///
/// Everything inside is guarded by the condition, hence the unchecked conformance.
final class FrameQueue<Element: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private let capacity: Int
  private var frames: [Element] = []
  private var isClosed = false
  private var isDone = false
  private var error: FilmError?

  init(capacity: Int) { self.capacity = capacity }

  /// Waits until there is room, then adds a frame; throws the encoder's error once it has failed.
  func push(_ frame: Element, path: String) throws(FilmError) {
    condition.lock()
    defer { condition.unlock() }
    while frames.count >= capacity, error == nil, !isClosed { condition.wait() }
    if let error { throw error }
    if isClosed { throw .closed(path: path) }
    frames.append(frame)
    condition.broadcast()
  }

  /// Waits for the next frame; nil when there will be none.
  func pop() -> Element? {
    condition.lock()
    defer { condition.unlock() }
    while frames.isEmpty, !isClosed { condition.wait() }
    guard !frames.isEmpty else { return nil }
    let frame = frames.removeFirst()
    condition.broadcast()
    return frame
  }

  /// No more frames come; with `dropping`, those that wait aren't encoded either.
  /// False when it was closed before.
  func close(dropping: Bool) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    let wasOpen = !isClosed
    isClosed = true
    if dropping { frames = [] }
    condition.broadcast()
    return wasOpen
  }

  /// The encoder's last word.
  func done(_ error: FilmError?) {
    condition.lock()
    defer { condition.unlock() }
    self.error = error
    frames = []
    isDone = true
    condition.broadcast()
  }

  /// Waits until the encoder has ended, and throws what stopped it.
  func join() throws(FilmError) {
    condition.lock()
    defer { condition.unlock() }
    while !isDone { condition.wait() }
    if let error { throw error }
  }
}
