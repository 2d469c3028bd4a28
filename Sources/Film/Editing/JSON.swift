/// A JSON value, for formats that have no fixed fields.
enum JSON: Equatable {
  case null
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  /// The value with sorted keys, so that equal values are equal texts.
  func text(indent: Int) -> String {
    let inside = String(repeating: " ", count: indent + 2)
    let outside = String(repeating: " ", count: indent)
    switch self {
    case .null: return "null"
    case .integer(let value): return "\(value)"
    case .number(let value):
      return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value)).0" : "\(value)"
    case .string(let value): return Self.quoted(value)
    case .array(let values):
      guard !values.isEmpty else { return "[]" }
      let items = values.map { inside + $0.text(indent: indent + 2) }
      return "[\n" + items.joined(separator: ",\n") + "\n\(outside)]"
    case .object(let values):
      guard !values.isEmpty else { return "{}" }
      let items = values.sorted { $0.key < $1.key }
        .map { "\(inside)\(Self.quoted($0.key)): \($0.value.text(indent: indent + 2))" }
      return "{\n" + items.joined(separator: ",\n") + "\n\(outside)}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default:
        if scalar.value < 0x20 {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}

extension JSON: ExpressibleByStringLiteral {
  init(stringLiteral value: String) { self = .string(value) }
}
