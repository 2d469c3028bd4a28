import Foundation

/// A result that a program may read.
protocol JSONReport: Encodable {}

extension JSONReport {
  /// The result as JSON with a newline at its end.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
