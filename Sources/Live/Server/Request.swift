/// The head of an HTTP request: all that the show's server reads of one.
struct Request: Equatable, Sendable {
  var method: String
  var path: String
  var query: [String: String]
  /// By lower-case names; of two alike the first counts.
  var headers: [String: String]

  /// A longer head is no browser's that comes for a page.
  static let longest = 8192

  /// Why a head is refused.
  enum Problem: Error, Equatable {
    case malformed
  }

  /// Where the head ends in `bytes`, behind its empty line; nil where it isn't complete.
  static func end(in bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for i in 3..<bytes.count
    where bytes[i] == 10 && bytes[i - 1] == 13 && bytes[i - 2] == 10 && bytes[i - 3] == 13 {
      return i + 1
    }
    return nil
  }

  /// Reads a complete head.
  init(head: some Collection<UInt8>) throws(Problem) {
    guard let text = String(validating: head, as: UTF8.self) else { throw .malformed }
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: true)
    let parts = (lines.first ?? "").split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2].hasPrefix("HTTP/1."), parts[1].hasPrefix("/") else {
      throw .malformed
    }
    method = String(parts[0])
    let target = parts[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = String(target[0])
    query = [:]
    for pair in (target.count > 1 ? target[1] : "").split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      query[String(sides[0])] = sides.count > 1 ? String(sides[1]) : ""
    }
    headers = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else {
        throw .malformed
      }
      let name = line[..<colon].lowercased()
      if headers[name] == nil { headers[name] = String(line[line.index(after: colon)...]).trimmed }
    }
  }

  /// Whether it asks to become a WebSocket.
  var isUpgrade: Bool {
    headers["upgrade"]?.lowercased() == "websocket"
      && headers["connection"]?.lowercased().contains("upgrade") == true
      && headers["sec-websocket-version"] == "13" && headers["sec-websocket-key"] != nil
  }
}
