import Foundation

/// A terminal that a test looks at from its other side.
final class PseudoTerminal {
  private let keyboard: Int32
  private let line: Int32
  private var bytes: [UInt8] = []

  // TIOCSPTLCK and TIOCGPTN: macros that aren't imported.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  /// A terminal of 80 by 24 cells.
  init?() {
    // What posix_openpt, unlockpt and ptsname do; Glibc's module doesn't have them.
    keyboard = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (lock, number): (Int32, UInt32) = (0, 0)
    guard keyboard >= 0, ioctl(keyboard, Self.setLock, &lock) == 0,
      ioctl(keyboard, Self.getNumber, &number) == 0
    else { return nil }
    line = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
    guard line >= 0, ioctl(line, UInt(TIOCSWINSZ), &size) == 0 else { return nil }
  }

  deinit {
    close(keyboard)
    close(line)
  }

  /// Starts the command with this terminal as its input and output.
  func start(_ arguments: [String], in folder: Folder) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Command.path)
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.environment = [
      // The runtime would ask on the terminal whether to look into a crash.
      "SWIFT_BACKTRACE": "enable=no", "TERM": "xterm-256color", "HOME": folder.url.path,
      "XDG_CACHE_HOME": folder.path(".cache"),
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
    ]
    let handle = FileHandle(fileDescriptor: line, closeOnDealloc: false)
    process.standardInput = handle
    process.standardOutput = handle
    process.standardError = FileHandle.nullDevice
    // Tests run on threads that hold signals back, and a child begins as the thread that starts it.
    var (all, before) = (sigset_t(), sigset_t())
    sigfillset(&all)
    pthread_sigmask(SIG_UNBLOCK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
    return process
  }

  /// How its driver treats keys: flags of input, output, control and of the line.
  var modes: [tcflag_t] {
    var modes = termios()
    tcgetattr(line, &modes)
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
  }

  /// Whether it shows what is typed.
  var echoes: Bool { modes[3] & tcflag_t(ECHO) != 0 }

  /// Types, or answers as a terminal does.
  func type(_ text: String) {
    let keys = Array(text.utf8)
    _ = write(keyboard, keys, keys.count)
  }

  /// What was written to it so far.
  var seen: String { String(decoding: bytes, as: UTF8.self) }

  /// Reads until `text` has been written to it; false where that takes too long for any machine.
  func waits(for text: String) -> Bool {
    let wanted = Data(text.utf8)
    var searched = 0
    return reads {
      defer { searched = max(0, bytes.count - wanted.count) }
      return Data(bytes[searched...]).range(of: wanted) != nil
    }
  }

  /// Reads until a process has ended, as its last words need room; false where that takes too long.
  func waits(forEndOf process: Process) -> Bool { reads { !process.isRunning } }

  /// Reads until a process has been stopped, as Ctrl-Z does; false where that takes too long.
  func waits(forStopOf process: Process) -> Bool {
    reads {
      let state = try? String(
        contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
      return state?.contains(") T ") == true
    }
  }

  private func reads(until isDone: () -> Bool) -> Bool {
    let end = Date(timeIntervalSinceNow: 60)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while Date() < end {
      if isDone() { return true }
      var polled = pollfd(fd: keyboard, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, 100) == 1 else { continue }
      let count = read(keyboard, &buffer, buffer.count)
      guard count > 0 else { return false }
      bytes += buffer[..<count]
    }
    return false
  }

  /// Forgets what was written so far.
  func forget() { bytes = [] }
}
