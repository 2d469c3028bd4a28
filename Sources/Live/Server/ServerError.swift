/// Why the page can't be shown.
public enum ServerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The address isn't one of numbers.
  case address(String)
  /// The address can't be had.
  case unavailable(address: String, port: UInt16, reason: String)

  /// One line for the terminal.
  public var description: String {
    switch self {
    case .address(let text):
      "\(text): is no address: give numbers, as in 127.0.0.1 or 0.0.0.0"
    case .unavailable(let address, let port, let reason):
      "\(address):\(port): can't be opened (\(reason)): choose another port"
    }
  }
}
