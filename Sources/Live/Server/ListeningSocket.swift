import Foundation

/// A socket that others connect to; never waits.
struct ListeningSocket: Sendable {
  /// The descriptor.
  let descriptor: Int32
  /// The port, chosen by the system where 0 was asked for.
  let port: UInt16

  /// Whether only this machine reaches `address`.
  static func isLoopback(_ address: String) -> Bool { address.hasPrefix("127.") }

  /// Listens at an IPv4 address.
  init(address: String, port: UInt16) throws(ServerError) {
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = port.bigEndian
    guard inet_pton(AF_INET, address, &name.sin_addr) == 1 else { throw .address(address) }
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, 4)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> Int32 in
        guard bind(descriptor, pointer, size) == 0, listen(descriptor, 128) == 0 else {
          return errno
        }
        return getsockname(descriptor, pointer, &size) == 0 ? 0 : errno
      }
    }
    guard code == 0 else {
      close(descriptor)
      throw .unavailable(address: address, port: port, reason: String(cString: strerror(code)))
    }
    self.descriptor = descriptor
    self.port = UInt16(bigEndian: name.sin_port)
  }

  /// The next one who connects; nil when nobody waits or the process has no descriptor left.
  func accept() -> Int32? {
    let client = Glibc.accept(descriptor, nil, nil)
    guard client >= 0 else { return nil }
    _ = fcntl(client, F_SETFD, FD_CLOEXEC)
    _ = fcntl(client, F_SETFL, O_NONBLOCK)
    var yes: Int32 = 1
    // A picture must not wait for the answer to the one before.
    setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, 4)
    return client
  }
}
