import Foundation

/// A running shell line with its three pipes. It leads a process group of its own, so that all that
/// it started can be ended with it.
final class ChildProcess {
  private let process: pid_t
  private var input: Pipe
  private var output: Pipe
  private var errors: Pipe
  private var isReaped = false

  /// More than an hour of the largest kind of WAV.
  private static let limit = 1 << 30

  /// Starts `/bin/sh -c line` with further variables in its environment.
  init(shell line: String, environment: [String: String]) throws(VoiceError) {
    input = try Pipe()
    output = try Pipe()
    errors = try Pipe()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (pipe, descriptor) in [(input.reading, 0), (output.writing, 1), (errors.writing, 2)] {
      posix_spawn_file_actions_adddup2(&actions, pipe, Int32(descriptor))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What Fabula ignores, the command should not.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGPIPE, SIGXFSZ, SIGINT, SIGTERM] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF))

    let all = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    var arguments: [UnsafeMutablePointer<CChar>?] = [
      strdup("/bin/sh"), strdup("-c"), strdup(line), nil,
    ]
    var variables: [UnsafeMutablePointer<CChar>?] = all.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, &arguments, &variables)
    guard code == 0 else {
      throw .command(.start(reason: String(cString: strerror(code))))
    }
    self.process = process
    input.closeReading()
    output.closeWriting()
    errors.closeWriting()
  }

  deinit { if !isReaped { end() } }

  /// Gives it the input and waits for its end; returns what it wrote to standard output.
  func output(
    for bytes: [UInt8], within timeout: Duration, isCancelled: () -> Bool
  ) throws(VoiceError) -> [UInt8] {
    let deadline = ContinuousClock.now + timeout
    var left = bytes[...]
    var (said, complained): ([UInt8], [UInt8]) = ([], [])
    _ = fcntl(input.writing, F_SETFL, O_NONBLOCK)
    var status: Int32?
    while output.isReading || errors.isReading || status == nil {
      if isCancelled() {
        end()
        throw .cancelled
      }
      guard ContinuousClock.now < deadline else {
        end()
        throw .command(.timeout(seconds: Int(timeout.components.seconds)))
      }
      if status == nil { status = ended() }
      // A closed end is -1, which poll passes over; then this waits for the end of the shell.
      var files = [
        pollfd(fd: input.writing, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: output.reading, events: Int16(POLLIN), revents: 0),
        pollfd(fd: errors.reading, events: Int16(POLLIN), revents: 0),
      ]
      let wait: Int32 = output.isReading || errors.isReading ? 50 : 1
      guard poll(&files, nfds_t(files.count), wait) > 0 else { continue }
      if files[0].revents != 0 { write(&left) }
      if files[1].revents != 0 { output.read(into: &said) }
      if files[2].revents != 0 { errors.read(into: &complained) }
      if said.count > Self.limit {
        end()
        throw .command(.tooMuchOutput)
      }
      // Only the last line is shown.
      if complained.count > 1 << 16 { complained.removeFirst(complained.count - 1 << 12) }
    }
    try check(status ?? 0, complained)
    return said
  }

  private func write(_ left: inout ArraySlice<UInt8>) {
    // A command need not read what it is given.
    left = input.write(left).map { left.dropFirst($0) } ?? []
    if left.isEmpty { input.closeWriting() }
  }

  private func check(_ status: Int32, _ complained: [UInt8]) throws(VoiceError) {
    let signal = status & 0x7F
    if signal != 0 { throw .command(.signal(signal)) }
    let code = status >> 8 & 0xFF
    guard code != 0 else { return }
    let lines = String(decoding: complained, as: UTF8.self).split(whereSeparator: \.isNewline)
    throw .command(.status(code, lastLine: lines.last.map { String($0.prefix(200)) } ?? ""))
  }

  /// The shell's status as the system has it; nil while it runs.
  private func ended() -> Int32? {
    var status: Int32 = 0
    guard waitpid(process, &status, WNOHANG) == process else { return nil }
    isReaped = true
    return status
  }

  /// Ends all that the shell started, and itself.
  private func end() {
    kill(-process, SIGKILL)
    guard !isReaped else { return }
    isReaped = true
    while waitpid(process, nil, 0) < 0, errno == EINTR {}
  }
}
