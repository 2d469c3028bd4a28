import Foundation
import Synchronization

/// Shows a performance in browsers: serves the page, and over one WebSocket a viewer sends pictures
/// and takes keystrokes.
///
/// One thread serves all, never waits for any of them, and sends each viewer the newest picture
/// when it is ready for one.
public final class Server: Sendable {
  /// What the server needs of its show. All but `encode` may be called from any thread; `encode`
  /// is called on the server's.
  public struct Host {
    /// A picture as JPEG.
    public var encode: (Shown) throws -> [UInt8]
    /// Does something to the show; the number tells clients apart.
    public var take: (Happening, Int) -> Void
    /// Begins or ends a recording.
    public var record: (Bool) -> Void
    /// What there is to tell.
    public var status: () -> Status

    /// A host of these four.
    public init(
      encode: @escaping (Shown) throws -> [UInt8], take: @escaping (Happening, Int) -> Void,
      record: @escaping (Bool) -> Void, status: @escaping () -> Status
    ) {
      self.encode = encode
      self.take = take
      self.record = record
      self.status = status
    }
  }

  /// The address of the page, with the token where one is asked for.
  public let url: String
  private let newest: Mutex<Shown?>
  private let isClosed = Mutex(false)
  private let wake: Int32

  /// Serves at `address`; a port of 0 takes any that is free. Addresses that other machines reach
  /// get a token.
  public init(
    address: String = "127.0.0.1", port: UInt16, token: String? = nil,
    limits: ServerLimits = ServerLimits(), makeHost: @escaping @Sendable () throws -> Host
  ) throws(ServerError) {
    let socket = try ListeningSocket(address: address, port: port)
    let isLoopback = ListeningSocket.isLoopback(address)
    let token = token ?? (isLoopback ? nil : Self.newToken())
    let shown = address == "0.0.0.0" ? Self.hostName : address
    url = "http://\(shown):\(socket.port)/" + (token.map { "?token=\($0)" } ?? "")
    let admission = Admission(
      token: token, names: Admission.names(address: address, port: socket.port))
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    let woken = ends[0]
    wake = ends[1]
    newest = Mutex(nil)
    let thread = Thread { [weak self] in
      guard let host = try? makeHost() else { return }
      let loop = ServerLoop(
        socket: socket, wake: woken, admission: admission, limits: limits, host: host)
      while let server = self, !server.isClosed.withLock({ $0 }) {
        loop.turn { server.newest.withLock { $0 } }
      }
      loop.close()
      close(woken)
    }
    thread.name = "server"
    thread.start()
  }

  deinit {
    close(wake)
  }

  /// Lets viewers see a picture.
  public func show(_ shown: Shown) {
    newest.withLock { $0 = shown }
    ring()
  }

  /// Lets everybody go.
  public func stop() {
    isClosed.withLock { $0 = true }
    ring()
  }

  private func ring() {
    var byte: UInt8 = 0
    // A full pipe has been heard already.
    _ = write(wake, &byte, 1)
  }

  private static func newToken() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  private static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
