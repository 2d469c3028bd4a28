/// Who may see the page.
///
/// On a loopback address whoever uses the machine may, but a page of another site that runs in the
/// same browser may not: so the names in Host and Origin must be this server's. On other addresses
/// a token in the address of the page is asked for.
struct Admission: Sendable {
  /// The token, where one is asked for.
  let token: String?
  /// The names under which a loopback server is reached, with its port.
  let names: Set<String>

  /// The names of a server at `address`. Browsers leave out the port that HTTP has anyway.
  static func names(address: String, port: UInt16) -> Set<String> {
    let hosts = ["127.0.0.1", "localhost", address]
    let names = hosts.map { "\($0):\(port)" }
    return Set(port == 80 ? names + hosts : names)
  }

  /// The answer to who may not come in; nil for those who may.
  func refusal(of request: Request) -> [UInt8]? {
    let host = request.headers["host"]?.lowercased() ?? ""
    if token == nil, !names.contains(host) {
      return Response.refusal("403 Forbidden", "This address isn't the show's own.\n")
    }
    if request.isUpgrade, let origin = request.headers["origin"]?.lowercased(),
      origin != "http://\(host)", origin != "https://\(host)"
    {
      return Response.refusal("403 Forbidden", "Only the show's own page may connect.\n")
    }
    // Style, script and icon tell nothing; the page and its pictures do.
    guard let token, request.path == "/" || request.isUpgrade else { return nil }
    guard Self.isEqual(request.query["token"] ?? "", token) else {
      return Response.refusal("401 Unauthorized", "Open the whole address, with its token.\n")
    }
    return nil
  }

  /// Compares without telling by its time how much is right.
  static func isEqual(_ a: String, _ b: String) -> Bool {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
