import Foundation

/// How large a terminal is.
struct TerminalSize: Sendable {
  /// The cells of a row.
  private(set) var columns = 80
  /// The rows.
  private(set) var rows = 24
  /// The pixels of a cell. Smaller ones than these are rare.
  private(set) var cell = (width: 8, height: 16)

  /// Asks the terminal; what it doesn't say is taken for the usual.
  init(descriptor: Int32) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return }
    columns = Int(size.ws_col)
    rows = Int(size.ws_row)
    // Many know their cells only.
    guard rows > 0, size.ws_xpixel >= size.ws_col, size.ws_ypixel >= size.ws_row else { return }
    cell = (Int(size.ws_xpixel) / columns, Int(size.ws_ypixel) / rows)
  }
}
