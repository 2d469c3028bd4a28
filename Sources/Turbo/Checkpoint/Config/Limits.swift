/// What no model of this family comes near: a configuration beyond these is damaged or hostile, and
/// would only end in an overflow or in all of the machine's memory.
enum Limits {
  static let channels = 65_536
  static let layers = 128
  static let heads = 512
  static let blocks = 8
  static let size = 65_536
}
