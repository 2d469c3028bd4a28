import Foundation

/// A client of the server that waits for its answers, for a few seconds.
final class Browser {
  private let descriptor: Int32

  /// Connects to a port of this machine.
  init(port: UInt16) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = port.bigEndian
    inet_pton(AF_INET, "127.0.0.1", &name.sin_addr)
    withUnsafePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    var limit = timeval(tv_sec: 8, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  /// Sends bytes as they are.
  func send(_ bytes: [UInt8]) {
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// Sends text as it is.
  func send(_ text: String) { send(Array(text.utf8)) }

  /// Sends a message as a browser does.
  func say(_ json: String) {
    let payload = Array(json.utf8)
    let length: [UInt8] =
      payload.count < 126
      ? [0x80 | UInt8(payload.count)]
      : [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    send([0x81] + length + [0, 0, 0, 0] + payload)
  }

  /// So many bytes; fewer where the connection ends.
  func read(_ count: Int) -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while result.count < count {
      let got = recv(descriptor, &buffer, min(buffer.count, count - result.count), 0)
      guard got > 0 else { break }
      result += buffer[..<got]
    }
    return result
  }

  /// All until the end.
  func readAll() -> String { String(decoding: read(.max), as: UTF8.self) }

  /// The next message of the server; nil at the end.
  func message() -> (opcode: UInt8, payload: [UInt8])? {
    let head = read(2)
    guard head.count == 2 else { return nil }
    let extra = head[1] == 126 ? 2 : head[1] == 127 ? 8 : 0
    let length = extra == 0 ? Int(head[1]) : read(extra).reduce(0) { $0 << 8 | Int($1) }
    return (head[0] & 15, read(length))
  }

  /// Becomes a viewer; returns the answer's first line.
  func upgrade(port: UInt16, origin: String? = nil) -> String {
    let origin = origin.map { "Origin: \($0)\r\n" } ?? ""
    send(
      "GET /live HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nUpgrade: websocket\r\n"
        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n\(origin)\r\n"
    )
    var head: [UInt8] = []
    while head.suffix(4) != [13, 10, 13, 10] {
      let byte = read(1)
      if byte.isEmpty { break }
      head += byte
    }
    return String(decoding: head.prefix { $0 != 13 }, as: UTF8.self)
  }
}
