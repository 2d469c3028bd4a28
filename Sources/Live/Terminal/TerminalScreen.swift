import CTerminal
import Foundation
import Synchronization

/// Shows pictures and the line being typed in a terminal, on a thread of its own: a slow terminal
/// loses pictures and holds nothing up.
public final class TerminalScreen: Sendable {
  private let state = Mutex(State())
  private let bell = Bell()
  private let ended = DispatchSemaphore(value: 0)
  private let descriptor: Int32
  private let kind: TerminalPicture
  private let size: (width: Int, height: Int)

  private struct State {
    var newest: Shown?
    var line = ""
    var cursor = 0
    var hasLine = false
    var isChanged = false
    var isStopped = false
  }

  /// More pictures a second than this are lost on a terminal.
  private static let rate = 15.0

  /// An empty screen without a cursor.
  private static let clear = "\u{1B}[2J\u{1B}[H\u{1B}[?25l"

  /// A screen for pictures of this size.
  public init(descriptor: Int32, kind: TerminalPicture, width: Int, height: Int) {
    self.descriptor = descriptor
    self.kind = kind
    size = (width, height)
    let thread = Thread { [self] in
      run()
      ended.signal()
    }
    thread.name = "terminal"
    thread.start()
  }

  /// Shows a picture.
  public func show(_ shown: Shown) {
    state.withLock {
      $0.newest = shown
      $0.isChanged = true
    }
    bell.ring()
  }

  /// Shows the line being typed, with the cursor behind so many characters.
  public func show(line: String, cursor: Int) {
    state.withLock {
      $0.line = line
      $0.cursor = cursor
      $0.hasLine = true
      $0.isChanged = true
    }
    bell.ring()
  }

  /// Leaves the terminal as others expect it.
  public func stop() {
    state.withLock { $0.isStopped = true }
    bell.ring()
    ended.wait()
  }

  private func run() {
    write(Self.clear)
    var resumed = fabula_terminal_resumed()
    while true {
      let now = state.withLock { state in
        defer { state.isChanged = false }
        return state
      }
      if now.isStopped { break }
      let count = fabula_terminal_resumed()
      let isSpoilt = count != resumed
      resumed = count
      if isSpoilt { write(Self.clear) }
      if isSpoilt || now.isChanged { draw(now) }
      let began = monotonicSeconds()
      bell.wait(seconds: 1)
      let left = began + 1 / Self.rate - monotonicSeconds()
      if left > 0 { usleep(UInt32(left * 1e6)) }
    }
    write("\r\n\u{1B}[0m\u{1B}[?25h")
  }

  private func draw(_ state: State) {
    var cells = winsize()
    let hasSize = ioctl(descriptor, UInt(TIOCGWINSZ), &cells) == 0 && cells.ws_col > 0
    let (columns, rows) = hasSize ? (Int(cells.ws_col), Int(cells.ws_row)) : (80, 24)
    var text = "\u{1B}[H"
    if let shown = state.newest {
      text += kind.text(
        shown.rgb, width: size.width, height: size.height, columns: columns,
        rows: max(1, min(rows - 3, columns / 2)))
    }
    // The end of a long line is what is being typed.
    let told = state.hasLine ? "› " + state.line : state.newest?.line.text ?? ""
    let characters = Array(told)
    let behind = state.hasLine ? characters.count - 2 - state.cursor : 0
    let end = characters.count - max(0, behind - 8)
    let start = max(0, end - (columns - 2))
    text += "\r\n\u{1B}[K" + String(characters[start..<end]) + "\u{1B}[J"
    let back = end - (characters.count - behind)
    if back > 0 { text += "\u{1B}[\(back)D" }
    if state.hasLine { text += "\u{1B}[?25h" }
    write(text)
  }

  private func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }
}
