import Foundation

/// A terminal that hands over every key at once and echoes none; as it was before when this ends.
public final class RawTerminal {
  private let descriptor: Int32
  private let saved: termios

  /// Nil where the descriptor is no terminal. Ctrl-C stays what it is.
  public init?(descriptor: Int32) {
    var saved = termios()
    guard isatty(descriptor) == 1, tcgetattr(descriptor, &saved) == 0 else { return nil }
    self.descriptor = descriptor
    self.saved = saved
    var raw = saved
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    raw.c_iflag &= ~tcflag_t(IXON | ICRNL)
    tcsetattr(descriptor, TCSADRAIN, &raw)
  }

  deinit {
    var saved = saved
    tcsetattr(descriptor, TCSADRAIN, &saved)
  }
}
