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
    var note = ""
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

  /// Shows a note below the picture, until another takes its place.
  public func show(note: String) {
    state.withLock {
      $0.note = note
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
    let terminal = TerminalSize(descriptor: descriptor)
    var text = "\u{1B}[H"
    if let shown = state.newest {
      text += kind.text(
        shown.rgb, width: size.width, height: size.height, columns: terminal.columns,
        rows: max(1, min(terminal.rows - 3, terminal.columns / 2)), cell: terminal.cell)
    }
    if !state.note.isEmpty {
      text += state.note.clipped(columns: terminal.columns - 1) + "\u{1B}[K"
    }
    let line = visible(state, room: terminal.columns - 2)
    text += "\r\n\u{1B}[K" + line.text + "\u{1B}[J"
    if line.back > 0 { text += "\u{1B}[\(line.back)D" }
    if state.hasLine { text += "\u{1B}[?25h" }
    write(text)
  }

  /// What is typed, or what is told. The end of a line that is too long is the newest.
  private func visible(_ state: State, room: Int) -> VisibleLine {
    guard state.hasLine else {
      let told = Array(state.newest?.line.text ?? "")
      return VisibleLine(told, cursor: told.count, room: room)
    }
    // An accent that begins the line must not join the prompt, or the cursor would be misplaced.
    let prompt: [Character] = ["›", " "]
    return VisibleLine(
      prompt + Array(state.line), cursor: prompt.count + state.cursor, room: room)
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
