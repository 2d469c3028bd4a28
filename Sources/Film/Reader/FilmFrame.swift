/// One decoded picture.
public struct FilmFrame: Sendable, Equatable {
  /// Interleaved RGB, one byte each.
  public var rgb: [UInt8]
  /// Pixels across.
  public var width: Int
  /// Pixels down.
  public var height: Int
  /// When it is shown, in seconds.
  public var time: Double
}
