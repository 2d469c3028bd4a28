import CTerminal

/// A terminal that hands over every key at once and echoes none; as it was before when this ends,
/// or when the process does, even by a crash.
public final class RawTerminal: Sendable {
  /// Nil where the descriptor is no terminal. Ctrl-C stays what it is.
  public init?(descriptor: Int32) {
    guard fabula_terminal_take(descriptor) == 0 else { return nil }
  }

  deinit { restore() }

  /// Puts the terminal back, whoever still holds this.
  public func restore() { fabula_terminal_restore() }

  /// Puts the terminal back, where one was taken, for those who leave in the middle of a picture.
  public static func abandon() { fabula_terminal_abandon() }
}
