import Film
import Foundation
import Live

/// Everywhere that a show is seen.
struct LiveOutlets {
  /// The page, where it is served.
  var server: Server?
  /// The terminal, where it shows pictures.
  var screen: TerminalScreen?
  /// Standard output, where it takes video.
  var pipe: VideoPipe?

  /// Gives them all the show's pictures.
  func connect(to performance: Performance, _ recording: LiveRecording) {
    performance.add { recording.show($0) }
    if let server { performance.add { server.show($0) } }
    if let screen { performance.add { screen.show($0) } }
    if let pipe { performance.add { pipe.show($0) } }
  }

  /// Ends them.
  func close() {
    screen?.stop()
    pipe?.finish()
    server?.stop()
  }

  /// The page of `performance`.
  static func server(
    _ options: PageOptions, _ performance: Performance, _ recording: LiveRecording,
    _ news: LiveNews, width: Int, height: Int
  ) throws -> Server {
    func make(port: UInt16) throws(ServerError) -> Server {
      try Server(address: options.address ?? "127.0.0.1", port: port) {
        let encoder = try JPEGEncoder(width: width, height: height)
        return Server.Host(
          encode: { try encoder.encode($0.rgb) },
          take: { performance.take($0, author: $1) },
          record: { recording.turn(on: $0) },
          status: {
            var status = performance.status
            status.recording = recording.path
            status.keepsAll = recording.keepsAll
            status.problem = news.problem
            return status
          })
      }
    }
    if let port = options.port { return try make(port: port) }
    // Nobody asked for this port: where another show has it, any other will do.
    do { return try make(port: defaultPort) } catch .unavailable { return try make(port: 0) }
  }

  private static let defaultPort: UInt16 = 8420
}
