/// A JSON value. Objects have no duplicate keys: the parser refuses them, because two readers may
/// choose differently between two entries of one name.
enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  /// A number without fraction and exponent that fits.
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The value as JSON, shortened, for messages.
  var summary: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): "\"\(value.prefix(80))\""
    case .array(let values):
      "[" + values.prefix(8).map(\.summary).joined(separator: ", ")
        + (values.count > 8 ? ", …]" : "]")
    case .object: "{…}"
    }
  }
}
