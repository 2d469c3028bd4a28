import Foundation

/// One client of the server: bytes in, bytes out, and what it may still take.
///
/// Used on the server's thread alone.
final class Connection {
  /// What it is.
  enum Stage: Equatable {
    /// Its request isn't complete.
    case asking
    /// It watches.
    case watching
    /// It is closed when its last bytes have gone.
    case leaving
  }

  let descriptor: Int32
  let number: Int
  let accepted: Double
  var stage = Stage.asking
  var frames = SocketFrames()
  var head: [UInt8] = []
  /// When it last said something.
  var heard: Double
  /// When its pending bytes last moved.
  private(set) var moved: Double
  private(set) var output: [UInt8] = []
  private var sent = 0
  /// The number of the picture sent last.
  var sentPicture = 0
  /// The pictures that were sent and not yet drawn.
  var underway: [Int] = []
  /// The status sent last.
  var status: [UInt8] = []

  init(descriptor: Int32, number: Int, now: Double) {
    self.descriptor = descriptor
    self.number = number
    accepted = now
    heard = now
    moved = now
  }

  deinit { close(descriptor) }

  var hasOutput: Bool { sent < output.count }

  /// Queues bytes, which the next ``flush(now:)`` sends.
  func write(_ bytes: [UInt8], now: Double) {
    if !hasOutput {
      output = []
      sent = 0
      moved = now
    }
    output += bytes
  }

  /// Sends what the system takes now. False when the connection is gone.
  func flush(now: Double) -> Bool {
    while hasOutput {
      let count = output.withUnsafeBytes { bytes in
        send(
          descriptor, bytes.baseAddress.map { $0 + sent }, output.count - sent,
          Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      if count < 0 { return errno == EAGAIN || errno == EWOULDBLOCK }
      sent += count
      moved = now
    }
    return stage != .leaving
  }

  /// What has come; nil when nothing more will.
  func receive() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count < 0 { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? [] : nil }
    return count == 0 ? nil : Array(buffer[..<count])
  }
}
