import Testing

@testable import Live

/// A client's frame, masked.
private func masked(
  _ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true, length: UInt64? = nil
) -> [UInt8] {
  let mask: [UInt8] = [1, 2, 3, 4]
  let count = length ?? UInt64(payload.count)
  var bytes: [UInt8] = [(isFinal ? 0x80 : 0) | opcode]
  if count < 126 {
    bytes.append(0x80 | UInt8(count))
  } else {
    bytes +=
      [0x80 | 127] + (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * UInt64($0))) }
  }
  return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 & 3] }
}

@Suite struct SocketFrameTests {
  @Test func messagesInPiecesOfAnySize() throws {
    let bytes =
      masked(1, Array("a fox ".utf8), isFinal: false) + masked(9, [5])
      + masked(0, Array("ran".utf8)) + masked(8, [])
    for size in 1...bytes.count {
      var frames = SocketFrames()
      var messages: [SocketFrames.Message] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        messages += try frames.read(bytes[start..<min(start + size, bytes.count)])
      }
      #expect(messages == [.ping([5]), .text("a fox ran"), .close])
    }
  }

  @Test func refusesWhatIsWrong() {
    let cases: [([UInt8], SocketFrames.Problem)] = [
      ([0x81, 0x01, 0x61], .protocolError),
      (masked(3, []), .protocolError),
      ([0xC1, 0x80, 0, 0, 0, 0], .protocolError),
      (masked(0, [1]), .protocolError),
      (masked(9, [], isFinal: false), .protocolError),
      (masked(1, [], isFinal: false) + masked(1, []), .protocolError),
      (masked(2, [1, 2]), .unsupported),
      (masked(1, [0xFF]), .invalidText),
      (masked(1, [], length: .max), .tooLarge),
      (masked(1, [], length: 16_385), .tooLarge),
    ]
    for (bytes, problem) in cases {
      var frames = SocketFrames()
      #expect(throws: problem) { try frames.read(bytes) }
    }
  }

  @Test func aMessageInManyPiecesIsNoWayAroundTheLimit() throws {
    var frames = SocketFrames()
    let piece = [UInt8](repeating: 0x61, count: 8000)
    _ = try frames.read(masked(1, piece, isFinal: false))
    _ = try frames.read(masked(0, piece, isFinal: false))
    #expect(throws: SocketFrames.Problem.tooLarge) {
      try frames.read(masked(0, piece, isFinal: false))
    }
  }

  @Test func survivesGarbage() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      var frames = SocketFrames()
      let bytes = (0..<64).map { _ in UInt8.random(in: 0...255, using: &generator) }
      _ = try? frames.read(bytes)
    }
  }

  @Test func serverFramesSayTheirLength() {
    #expect(SocketFrames.frame(1, [7]) == [0x81, 1, 7])
    #expect(SocketFrames.frame(2, Array(repeating: 0, count: 300)).prefix(4) == [0x82, 126, 1, 44])
    #expect(
      SocketFrames.frame(2, Array(repeating: 0, count: 70_000)).prefix(10)
        == [0x82, 127, 0, 0, 0, 0, 0, 1, 0x11, 0x70])
  }
}

@Suite struct HandshakeTests {
  @Test func sha1OfTheStandard() {
    let words: [UInt32] = [0xa999_3e36, 0x4706_816a, 0xba3e_2571, 0x7850_c26c, 0x9cd0_d89d]
    let bytes = words.flatMap { word in (0..<4).map { UInt8(word >> (24 - 8 * $0) & 255) } }
    #expect(SHA1.digest(Array("abc".utf8)) == bytes)
  }

  @Test func acceptsAsTheStandardSays() {
    let text = String(decoding: Response.upgrade(key: "dGhlIHNhbXBsZSBub25jZQ=="), as: UTF8.self)
    #expect(text.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"))
  }

  @Test func readsRequests() throws {
    let bytes = Array(
      "GET /live?token=ab&x HTTP/1.1\r\nHost: a:1\r\nUPGRADE:  WebSocket \r\n\r\nrest".utf8)
    let end = try #require(Request.end(in: bytes))
    let request = try Request(head: bytes[..<end])
    #expect(request.path == "/live")
    #expect(request.query == ["token": "ab", "x": ""])
    #expect(request.headers == ["host": "a:1", "upgrade": "WebSocket"])
    #expect(String(decoding: bytes[end...], as: UTF8.self) == "rest")
  }

  @Test(arguments: [
    "", "GET\r\n", "GET / HTTP/2\r\n", "GET x HTTP/1.1\r\n", "G / HTTP/1.1\r\n: a\r\n",
  ])
  func refusesRequests(text: String) {
    #expect(throws: Request.Problem.malformed) { try Request(head: Array(text.utf8)) }
  }
}

@Suite struct AdmissionTests {
  private func request(_ headers: [String: String], path: String = "/live", token: String? = nil)
    throws -> Request
  {
    let lines = headers.map { "\($0.key): \($0.value)\r\n" }.joined()
    let query = token.map { "?token=\($0)" } ?? ""
    return try Request(head: Array("GET \(path)\(query) HTTP/1.1\r\n\(lines)\r\n".utf8))
  }

  private let upgrade = [
    "upgrade": "websocket", "connection": "Upgrade", "sec-websocket-version": "13",
    "sec-websocket-key": "x",
  ]

  @Test func onlyOurOwnPageConnects() throws {
    let admission = Admission(token: nil, names: ["127.0.0.1:80", "localhost:80"])
    func refused(_ host: String, _ origin: String?) throws -> Bool {
      var headers = upgrade
      headers["host"] = host
      headers["origin"] = origin
      return admission.refusal(of: try request(headers)) != nil
    }
    #expect(try !refused("127.0.0.1:80", "http://127.0.0.1:80"))
    #expect(try !refused("localhost:80", nil))
    #expect(try refused("127.0.0.1:80", "http://evil.example"))
    #expect(try refused("127.0.0.1:80", "null"))
    // A name of another's that was made to point here.
    #expect(try refused("evil.example:80", "http://evil.example:80"))
  }

  @Test func namesHaveThePortThatBrowsersSay() {
    #expect(
      Admission.names(address: "127.0.0.1", port: 8420)
        == ["127.0.0.1:8420", "localhost:8420"])
    // They leave out what they would take anyway.
    #expect(
      Admission.names(address: "127.0.0.2", port: 80)
        == [
          "127.0.0.1:80", "localhost:80", "127.0.0.2:80", "127.0.0.1", "localhost", "127.0.0.2",
        ])
  }

  @Test func otherAddressesAskForTheToken() throws {
    let admission = Admission(token: "secret", names: [])
    #expect(admission.refusal(of: try request(["host": "x"], path: "/")) != nil)
    #expect(admission.refusal(of: try request(["host": "x"], path: "/", token: "secreT")) != nil)
    #expect(admission.refusal(of: try request(["host": "x"], path: "/", token: "secret")) == nil)
    #expect(admission.refusal(of: try request(["host": "x"], path: "/style.css")) == nil)
    var headers = upgrade
    headers["host"] = "x"
    #expect(admission.refusal(of: try request(headers)) != nil)
    #expect(admission.refusal(of: try request(headers, token: "secret")) == nil)
  }
}

@Suite struct PageMessageTests {
  @Test func readsWhatThePageSays() {
    #expect(
      PageMessage(json: #"{"type":"text","text":"a fox","key":4294967295}"#)
        == .happening(.typed("a fox", key: .max)))
    #expect(PageMessage(json: #"{"type":"enter","key":2}"#) == .happening(.entered(key: 2)))
    #expect(
      PageMessage(json: #"{"type":"set","pace":99,"drift":0.5,"seed":3}"#)
        == .happening(.set(ShowSettings(pace: 4, seed: 3, drift: 0.5))))
    #expect(PageMessage(json: #"{"type":"drawn","number":5}"#) == .drawn(5))
    #expect(PageMessage(json: #"{"type":"record","on":true}"#) == .record(true))
  }

  @Test(arguments: [
    "", "[]", "{", #"{"type":"text"}"#, #"{"type":"text","text":"a","key":-1}"#,
    #"{"type":"set","pace":1,"drift":0,"seed":-1}"#, #"{"type":"exit"}"#,
    #"{"type":"set","pace":1e999,"drift":0,"seed":1}"#,
  ]) func ignoresAllElse(json: String) { #expect(PageMessage(json: json) == nil) }
}
