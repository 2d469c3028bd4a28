import Foundation

/// What the user reads while the result goes elsewhere.
enum StandardError {
  /// Whether a person is watching.
  static var isTerminal: Bool { isatty(2) == 1 }

  /// The terminal's width in columns, 80 where it won't say.
  static var columns: Int {
    var size = winsize()
    guard ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Whether colours are wanted: a terminal that knows them, and no NO_COLOR.
  static var wantsColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isTerminal && environment["NO_COLOR", default: ""].isEmpty
      && environment["TERM"] != "dumb"
  }

  /// Writes the text as it is; what can't be written is nobody's loss.
  static func write(_ text: String) { _ = writeAll(Array(text.utf8), to: 2) }
}
