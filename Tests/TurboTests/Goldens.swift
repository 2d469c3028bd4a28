import Foundation
import Testing

@testable import Turbo

/// The reference fixtures; `Fixtures/README.md` lists their tensors.
enum Fixtures {
  static func path(_ relative: String) throws -> String {
    let root = try #require(Bundle.module.resourcePath)
    return "\(root)/Fixtures/\(relative)"
  }

  static func model(_ folder: String) throws -> ModelFiles {
    try ModelFiles(directory: path(folder))
  }

  static func json(_ relative: String) throws -> JSONValue {
    try FileBytes(mapping: path(relative)).withUnsafeBytes(JSONParser.parse)
  }
}

/// Reference tensors of one file.
struct Goldens {
  private let file: SafeTensors

  init(_ relative: String) throws {
    file = try SafeTensors(FileBytes(mapping: Fixtures.path(relative)))
  }

  var keys: [String] { file.keys }

  /// The prompts that a model's goldens were made with.
  var prompts: [String] {
    get throws {
      let text = Array(try #require(file.metadata["prompts"]).utf8)
      guard case .array(let elements) = try text.withUnsafeBytes(JSONParser.parse) else {
        throw CocoaError(.coderReadCorrupt)
      }
      return elements.compactMap { if case .string(let prompt) = $0 { prompt } else { nil } }
    }
  }

  func shape(_ key: String) throws -> [Int] { try file.tensor(key).shape }

  subscript(key: String) -> [Float] {
    get throws { try file.tensor(key).float32() }
  }
}

/// How far values are from their reference.
///
/// An element passes if `|x - ref| <= atol + rtol · |ref|`; NaN and infinity never do.
struct Comparison: CustomStringConvertible {
  let failures: Int
  let worstIndex: Int
  let worst: (found: Float, expected: Float)
  /// ‖x - ref‖ / ‖ref‖
  let relativeError: Double
  let count: Int

  init(_ found: [Float], _ expected: [Float], atol: Float, rtol: Float) {
    var failures = 0
    var worstIndex = 0
    var worstExcess = -Double.infinity
    var errorSquares = 0.0
    var squares = 0.0
    for (i, (x, reference)) in zip(found, expected).enumerated() {
      let difference = abs(Double(x) - Double(reference))
      let excess = difference - (Double(atol) + Double(rtol) * abs(Double(reference)))
      // Written so that NaN, for which every comparison is false, counts as a failure.
      let passes = excess <= 0
      if !passes { failures += 1 }
      let rank = excess.isNaN ? .infinity : excess
      if rank > worstExcess {
        worstExcess = rank
        worstIndex = i
      }
      errorSquares += difference * difference
      squares += Double(reference) * Double(reference)
    }
    self.failures = failures + abs(found.count - expected.count)
    self.worstIndex = worstIndex
    worst =
      found.indices.contains(worstIndex) && expected.indices.contains(worstIndex)
      ? (found[worstIndex], expected[worstIndex]) : (.nan, .nan)
    relativeError = squares > 0 ? (errorSquares / squares).squareRoot() : errorSquares.squareRoot()
    count = expected.count
  }

  var description: String {
    "\(failures) of \(count) differ, worst at \(worstIndex): \(worst.found), "
      + "expected \(worst.expected); relative error \(relativeError)"
  }
}

/// Expects every element within `atol + rtol · |ref|` and the whole within `relativeError`.
func expectClose(
  _ found: [Float], _ expected: [Float], atol: Float = 1e-5, rtol: Float = 1e-4,
  relativeError: Double = 1e-4, _ name: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.count == expected.count, "\(name): counts", sourceLocation: sourceLocation)
  let comparison = Comparison(found, expected, atol: atol, rtol: rtol)
  #expect(comparison.failures == 0, "\(name): \(comparison)", sourceLocation: sourceLocation)
  #expect(
    comparison.relativeError <= relativeError, "\(name): \(comparison)",
    sourceLocation: sourceLocation)
}
