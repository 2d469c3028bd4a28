import Foundation

/// Reads a descriptor on a thread of its own and says what comes, that nothing came for a while,
/// and that nothing will.
public final class InputReader: Sendable {
  /// What came.
  public enum Event: Equatable, Sendable {
    /// These bytes.
    case bytes([UInt8])
    /// Nothing, for the time that makes a pause.
    case pause
    /// The end.
    case end
  }

  private let wake: Int32

  /// Reads `descriptor` from now on; `pause` is how long nothing must come to be a pause.
  public init(
    descriptor: Int32, pause: Double = 0.7, _ handle: @escaping @Sendable (Event) -> Void
  ) {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let stop = ends[0]
    wake = ends[1]
    let thread = Thread {
      Self.read(descriptor, until: stop, pause: Int32(pause * 1000), handle)
      close(stop)
    }
    thread.name = "input"
    thread.start()
  }

  deinit { close(wake) }

  private static func read(
    _ descriptor: Int32, until stop: Int32, pause: Int32, _ handle: (Event) -> Void
  ) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var hasPaused = true
    while true {
      var polled = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
      ]
      let ready = poll(&polled, 2, hasPaused ? -1 : pause)
      if ready < 0, errno == EINTR { continue }
      if ready < 0 || polled[1].revents != 0 { return }
      if ready == 0 {
        hasPaused = true
        handle(.pause)
        continue
      }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return handle(.end) }
      hasPaused = false
      handle(.bytes(Array(buffer[..<count])))
    }
  }
}
