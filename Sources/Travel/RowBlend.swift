import Foundation

/// How two embeddings are blended.
public enum BlendKind: String, CaseIterable, Sendable, Codable {
  /// Along the straight line.
  case lerp
  /// Each row along the arc between the two directions, its length growing evenly.
  case slerp
}

/// The shares of the two ends in a blend: a · first + b · second.
public struct BlendWeights: Hashable, Sendable {
  /// The share of the end at 0.
  public var first: Float
  /// The share of the end at 1.
  public var second: Float
}

/// The way between two embeddings of one shape, prepared once and evaluated for every frame.
///
/// Every point of the way is a linear combination of the two ends, row by row. So whatever is
/// linear in the embedding, like the keys and values of cross-attention, may be blended instead.
/// B rows, one a token (or one in all, for a pooled embedding), each with its own angle.
public struct RowBlend: Sendable {
  /// The kind of way.
  public let kind: BlendKind
  private let first: [Float]
  private let second: [Float]
  private let rowLength: Int
  private let rows: [Row]

  private struct Row: Sendable {
    var firstNorm: Double
    var secondNorm: Double
    var angle: Double
  }

  /// The way from `first` to `second`, both row-major with rows of `rowLength` numbers.
  public init(from first: [Float], to second: [Float], rowLength: Int, kind: BlendKind) {
    precondition(first.count == second.count && rowLength > 0 && first.count % rowLength == 0)
    self.first = first
    self.second = second
    self.rowLength = rowLength
    self.kind = kind
    rows =
      kind == .lerp
      ? []
      : stride(from: 0, to: first.count, by: rowLength).map {
        Self.row(first[$0..<$0 + rowLength], second[$0..<$0 + rowLength])
      }
  }

  /// The number of rows.
  public var rowCount: Int { first.count / rowLength }

  /// The shares of the two ends at `t`, 0...1, for every row.
  public func weights(at t: Double) -> [BlendWeights] {
    switch kind {
    case .lerp:
      Array(repeating: BlendWeights(first: Float(1 - t), second: Float(t)), count: rowCount)
    case .slerp: rows.map { Self.weights($0, at: t) }
    }
  }

  /// The embedding at `t`, 0...1; the ends are the two embeddings themselves.
  public func embedding(at t: Double) -> [Float] {
    if t <= 0 { return first }
    if t >= 1 { return second }
    let weights = weights(at: t)
    return [Float](unsafeUninitializedCapacity: first.count) { out, count in
      for (row, weight) in weights.enumerated() {
        for i in row * rowLength..<(row + 1) * rowLength {
          out.initializeElement(at: i, to: weight.first * first[i] + weight.second * second[i])
        }
      }
      count = first.count
    }
  }

  private static func row(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Row {
    var (aa, bb, ab) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      aa += Double(x) * Double(x)
      bb += Double(y) * Double(y)
      ab += Double(x) * Double(y)
    }
    let (firstNorm, secondNorm) = (aa.squareRoot(), bb.squareRoot())
    let norms = firstNorm * secondNorm
    let angle = norms > 0 ? acos(min(max(ab / norms, -1), 1)) : 0
    return Row(firstNorm: firstNorm, secondNorm: secondNorm, angle: angle)
  }

  private static func weights(_ row: Row, at t: Double) -> BlendWeights {
    // Where the directions agree, or are opposite, no arc is better than the line.
    guard row.angle > 1e-4, row.angle < .pi - 1e-3 else {
      return BlendWeights(first: Float(1 - t), second: Float(t))
    }
    let length = (1 - t) * row.firstNorm + t * row.secondNorm
    let sine = sin(row.angle)
    return BlendWeights(
      first: Float(sin((1 - t) * row.angle) / sine * length / row.firstNorm),
      second: Float(sin(t * row.angle) / sine * length / row.secondNorm))
  }
}
