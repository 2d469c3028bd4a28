import CLivePage
import Foundation

/// The server's thread: one turn waits for whatever happens first, and answers all of it.
final class ServerLoop {
  private let socket: ListeningSocket
  private let wake: Int32
  private let admission: Admission
  private let limits: ServerLimits
  private let host: Server.Host
  private var connections: [Connection] = []
  private var nextNumber = 1
  private var picture: (number: Int, frame: [UInt8]) = (0, [])
  private var statusTime = 0.0
  private var status: [UInt8] = []

  init(
    socket: ListeningSocket, wake: Int32, admission: Admission, limits: ServerLimits,
    host: Server.Host
  ) {
    self.socket = socket
    self.wake = wake
    self.admission = admission
    self.limits = limits
    self.host = host
  }

  /// Waits for something to do, at most a moment, and does it. `newest` says what the newest
  /// picture is by then: it may be what the wait was for.
  func turn(newest: () -> Shown?) {
    var polled = [
      pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
      pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    for connection in connections {
      let events = Int16(POLLIN) | (connection.hasOutput ? Int16(POLLOUT) : 0)
      polled.append(pollfd(fd: connection.descriptor, events: events, revents: 0))
    }
    // What came since the turn before rang the pipe, so this doesn't wait for it.
    _ = poll(&polled, nfds_t(polled.count), 250)
    let now = monotonicSeconds()
    if polled[0].revents != 0 { drain() }
    for (connection, event) in zip(connections, polled.dropFirst(2)) where event.revents != 0 {
      listen(to: connection, now: now)
    }
    send(newest(), now: now)
    connections.removeAll { !$0.flush(now: now) || isOverdue($0, now) }
    if polled[1].revents != 0 { admit(now: now) }
  }

  /// Lets everybody go.
  func close() {
    let now = monotonicSeconds()
    for connection in connections where connection.stage == .watching {
      connection.write(SocketFrames.end(1001), now: now)
      _ = connection.flush(now: now)
    }
    connections = []
    Glibc.close(socket.descriptor)
  }

  private func drain() {
    var buffer = [UInt8](repeating: 0, count: 256)
    while Glibc.read(wake, &buffer, buffer.count) == buffer.count {}
  }

  private func admit(now: Double) {
    // A few a turn: a crowd at the door must not hold up those who watch.
    for _ in 0..<16 {
      guard let descriptor = socket.accept() else { return }
      if connections.count >= limits.connections {
        guard let idle = connections.firstIndex(where: { $0.stage != .watching }) else {
          Glibc.close(descriptor)
          continue
        }
        connections.remove(at: idle)
      }
      connections.append(Connection(descriptor: descriptor, number: nextNumber, now: now))
      nextNumber += 1
    }
  }

  private func isOverdue(_ connection: Connection, _ now: Double) -> Bool {
    if connection.hasOutput, now - connection.moved > limits.secondsToTake { return true }
    switch connection.stage {
    case .asking: return now - connection.accepted > limits.secondsToAsk
    case .watching: return now - connection.heard > limits.secondsOfSilence
    case .leaving: return now - connection.moved > limits.secondsToTake
    }
  }
}

// MARK: - What clients say

extension ServerLoop {
  private func listen(to connection: Connection, now: Double) {
    guard let bytes = connection.receive() else {
      connection.stage = .leaving
      return
    }
    guard !bytes.isEmpty else { return }
    switch connection.stage {
    case .asking: read(bytes, from: connection, now: now)
    case .watching: hear(bytes, from: connection, now: now)
    case .leaving: break
    }
  }

  private func read(_ bytes: [UInt8], from connection: Connection, now: Double) {
    connection.head += bytes
    guard let end = Request.end(in: connection.head) else {
      if connection.head.count > Request.longest {
        leave(connection, Response.refusal("431 Request Header Fields Too Large", ""), now: now)
      }
      return
    }
    let rest = connection.head[end...]
    do {
      let request = try Request(head: connection.head[..<end])
      answer(request, connection, now: now)
      if connection.stage == .watching, !rest.isEmpty {
        hear(Array(rest), from: connection, now: now)
      }
    } catch {
      leave(connection, Response.refusal("400 Bad Request", ""), now: now)
    }
    connection.head = []
  }

  private func answer(_ request: Request, _ connection: Connection, now: Double) {
    if let refusal = admission.refusal(of: request) {
      return leave(connection, refusal, now: now)
    }
    guard request.method == "GET" || request.method == "HEAD" else {
      return leave(connection, Response.refusal("405 Method Not Allowed", ""), now: now)
    }
    if request.path == "/live", request.isUpgrade, let key = request.headers["sec-websocket-key"] {
      connection.write(Response.upgrade(key: key), now: now)
      connection.write(
        SocketFrames.frame(1, Array("{\"type\":\"hello\",\"you\":\(connection.number)}".utf8)),
        now: now)
      connection.stage = .watching
      connection.heard = now
      return
    }
    let isHead = request.method == "HEAD"
    leave(
      connection,
      file(at: request.path, isHead: isHead) ?? Response.refusal("404 Not Found", ""), now: now)
  }

  private func file(at path: String, isHead: Bool) -> [UInt8]? {
    var index = 0
    while let file = fabula_page_file_at(index)?.pointee {
      if String(cString: file.path) == path {
        return Response.file(
          type: String(cString: file.type),
          UnsafeBufferPointer(start: file.bytes, count: file.size), isHead: isHead)
      }
      index += 1
    }
    return nil
  }

  private func hear(_ bytes: [UInt8], from connection: Connection, now: Double) {
    connection.heard = now
    do {
      for message in try connection.frames.read(bytes) {
        switch message {
        case .text(let json): obey(PageMessage(json: json), connection)
        case .ping(let payload):
          // Whoever pings without reading the answers gets no more of them.
          if !connection.hasOutput { connection.write(SocketFrames.frame(10, payload), now: now) }
        case .close: return leave(connection, SocketFrames.end(1000), now: now)
        }
      }
    } catch {
      leave(connection, SocketFrames.end(error.rawValue), now: now)
    }
  }

  private func obey(_ message: PageMessage?, _ connection: Connection) {
    switch message {
    case .happening(let happening): host.take(happening, connection.number)
    case .record(let on): host.record(on)
    case .drawn(let number):
      connection.underway.removeAll { $0 <= number }
    case .alive, nil: break
    }
  }

  private func leave(_ connection: Connection, _ last: [UInt8], now: Double) {
    connection.write(last, now: now)
    connection.stage = .leaving
  }
}

// MARK: - What viewers see

extension ServerLoop {
  private func send(_ newest: Shown?, now: Double) {
    let viewers = connections.filter { $0.stage == .watching }
    guard !viewers.isEmpty else { return }
    renewStatus(now: now)
    for viewer in viewers where !viewer.hasOutput || viewer.status.isEmpty {
      if viewer.status != status, !status.isEmpty {
        viewer.status = status
        viewer.write(status, now: now)
      }
    }
    guard let newest else { return }
    for viewer in viewers
    where viewer.sentPicture < newest.number && viewer.underway.count < limits.pictures {
      // A picture on its way is shown before this one could be: then there will be a newer one.
      guard viewer.underway.isEmpty || !viewer.hasOutput, let frame = frame(of: newest) else {
        continue
      }
      viewer.write(frame, now: now)
      viewer.sentPicture = newest.number
      viewer.underway.append(newest.number)
    }
  }

  /// A picture's message: its number and its keystroke's, little-endian, then the JPEG. All
  /// viewers share it.
  private func frame(of shown: Shown) -> [UInt8]? {
    if picture.number == shown.number { return picture.frame }
    guard let jpeg = try? host.encode(shown) else { return nil }
    var payload: [UInt8] = []
    for value in [UInt32(truncatingIfNeeded: shown.number), shown.key] {
      for shift in 0..<4 { payload.append(UInt8(truncatingIfNeeded: value >> (8 * UInt32(shift)))) }
    }
    picture = (shown.number, SocketFrames.frame(2, payload + jpeg))
    return picture.frame
  }

  private func renewStatus(now: Double) {
    guard now - statusTime > 0.1 else { return }
    statusTime = now
    var status = host.status()
    // It changes with every picture; a figure that flickers tells nothing.
    status.millisecondsToDraw = status.millisecondsToDraw.rounded()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(StatusMessage(status: status)) else { return }
    self.status = SocketFrames.frame(1, Array(json))
  }

  private struct StatusMessage: Encodable {
    var type = "status"
    var status: Status
  }
}
