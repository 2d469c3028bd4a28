/// WebSocket frames (RFC 6455): reads a client's, which are masked, and writes a server's.
struct SocketFrames: Sendable {
  /// What a client says.
  enum Message: Equatable {
    case text(String)
    case ping([UInt8])
    case close
  }

  /// Why a connection is closed, as the number that says so.
  enum Problem: UInt16, Error {
    case protocolError = 1002
    case unsupported = 1003
    case invalidText = 1007
    case tooLarge = 1009
  }

  /// A text to draw has at most 2,000 characters; no message needs more than this.
  static let largest = 16_384

  private var bytes: [UInt8] = []
  private var message: [UInt8] = []
  private var isInside = false

  private struct Head {
    var isFinal: Bool
    var opcode: UInt8
    var mask: [UInt8]
    var start: Int
    var length: Int
  }

  /// Takes bytes as they come and returns the messages that they complete.
  mutating func read(_ more: some Sequence<UInt8>) throws(Problem) -> [Message] {
    bytes += more
    var messages: [Message] = []
    var used = 0
    while let head = try head(at: used), head.start + head.length <= bytes.count {
      var payload = Array(bytes[head.start..<head.start + head.length])
      for i in payload.indices { payload[i] ^= head.mask[i & 3] }
      used = head.start + head.length
      if let complete = try take(head, payload) { messages.append(complete) }
    }
    bytes.removeFirst(used)
    return messages
  }

  private func head(at start: Int) throws(Problem) -> Head? {
    guard bytes.count >= start + 2 else { return nil }
    let (first, second) = (bytes[start], bytes[start + 1])
    guard first & 0x70 == 0, second & 0x80 != 0 else { throw .protocolError }
    let (opcode, short) = (first & 0x0F, Int(second & 0x7F))
    let isControl = opcode >= 8
    guard [0, 1, 2, 8, 9, 10].contains(opcode), !isControl || (first & 0x80 != 0 && short < 126)
    else { throw .protocolError }
    let extra = short == 126 ? 2 : short == 127 ? 8 : 0
    guard bytes.count >= start + 2 + extra + 4 else { return nil }
    var length = UInt64(extra == 0 ? short : 0)
    for i in 0..<extra { length = length << 8 | UInt64(bytes[start + 2 + i]) }
    guard length <= UInt64(Self.largest - message.count) else { throw .tooLarge }
    let mask = start + 2 + extra
    return Head(
      isFinal: first & 0x80 != 0, opcode: opcode, mask: Array(bytes[mask..<mask + 4]),
      start: mask + 4, length: Int(length))
  }

  private mutating func take(_ head: Head, _ payload: [UInt8]) throws(Problem) -> Message? {
    switch head.opcode {
    case 8: return .close
    case 9: return .ping(payload)
    case 10: return nil
    case 2: throw .unsupported
    default: break
    }
    guard (head.opcode == 0) == isInside else { throw .protocolError }
    message += payload
    isInside = !head.isFinal
    guard head.isFinal else { return nil }
    defer { message = [] }
    guard let text = String(validating: message, as: UTF8.self) else { throw .invalidText }
    return .text(text)
  }

  /// A server's frame; opcode 1 is text, 2 binary, 8 the end, 10 the answer to a ping.
  static func frame(_ opcode: UInt8, _ payload: [UInt8]) -> [UInt8] {
    var frame: [UInt8] = [0x80 | opcode]
    switch payload.count {
    case ..<126: frame.append(UInt8(payload.count))
    case ..<65536: frame += [126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    default: frame += [127] + (0..<8).map { UInt8(payload.count >> (56 - 8 * $0) & 255) }
    }
    return frame + payload
  }

  /// The frame that ends a connection, with the reason's number.
  static func end(_ code: UInt16) -> [UInt8] {
    frame(8, [UInt8(code >> 8), UInt8(code & 255)])
  }
}
