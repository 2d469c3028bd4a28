/// HTTP answers, after which the connection is closed.
enum Response {
  /// Nothing on the page comes from elsewhere, and nobody may frame it. A token in the address
  /// must not travel on in a Referer.
  private static let safety = """
    Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'\r
    X-Content-Type-Options: nosniff\r
    Referrer-Policy: no-referrer\r
    Cache-Control: no-store\r
    Connection: close\r\n
    """

  /// A file.
  static func file(type: String, _ bytes: UnsafeBufferPointer<UInt8>, isHead: Bool) -> [UInt8] {
    let head =
      "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(bytes.count)\r\n\(safety)\r\n"
    return Array(head.utf8) + (isHead ? [] : Array(bytes))
  }

  /// A refusal in a few words.
  static func refusal(_ status: String, _ text: String) -> [UInt8] {
    Array(
      """
      HTTP/1.1 \(status)\r\nContent-Type: text/plain; charset=utf-8\r
      Content-Length: \(text.utf8.count)\r\n\(safety)\r\n\(text)
      """.utf8)
  }

  /// The beginning of a WebSocket.
  static func upgrade(key: String) -> [UInt8] {
    let accept = SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
    return Array(
      """
      HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r
      Sec-WebSocket-Accept: \(base64(accept))\r\n\r\n
      """.utf8)
  }
}
