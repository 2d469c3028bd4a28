import Foundation

/// Asks a terminal what pictures it can draw.
public enum TerminalQuestion {
  /// Asks the terminal that `input` and `output` belong to, and waits at most `seconds`.
  ///
  /// Returns nil as the kind where it doesn't answer, and what was typed meanwhile. Its answer,
  /// should it come later, is no text for ``LineEditor``.
  public static func ask(
    input: Int32, output: Int32, seconds: Double = 0.5
  ) -> (kind: TerminalPicture?, typed: [UInt8]) {
    let question = Array(TerminalAnswer.question.utf8)
    guard isReady(output, POLLOUT, milliseconds: 0),
      write(output, question, question.count) == question.count
    else { return (nil, []) }
    var answer = TerminalAnswer()
    let end = monotonicSeconds() + seconds
    var buffer = [UInt8](repeating: 0, count: 1024)
    while answer.kind == nil {
      let left = Int32(((end - monotonicSeconds()) * 1000).rounded(.up))
      guard left > 0, isReady(input, POLLIN, milliseconds: left) else { break }
      let count = read(input, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      answer.take(Array(buffer[..<count]))
    }
    return (answer.kind, answer.typed)
  }

  private static func isReady(_ descriptor: Int32, _ event: Int32, milliseconds: Int32) -> Bool {
    var polled = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    var ready: Int32
    repeat { ready = poll(&polled, 1, milliseconds) } while ready < 0 && errno == EINTR
    return ready == 1 && Int32(polled.revents) & event != 0
  }
}
