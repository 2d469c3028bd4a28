import Foundation

/// How a picture looks at an endless plane of noise, of which a field is the part in the middle.
///
/// Between the plane's cells the noise is interpolated by a windowed sinc (Duchon, "Lanczos
/// Filtering in One and Two Dimensions", 1979): the sinc is all-pass, so white noise stays white
/// wherever it is moved, where linear interpolation would blur it between the cells.
public struct NoiseView: Hashable, Sendable, Codable, Comparable {
  /// Which of the planes that a zoom passes through; 0 is the field's own.
  public var level: Int
  /// How far to the right the picture has moved, in widths of the picture on the plane.
  public var x: Double
  /// How far down, in heights.
  public var y: Double
  /// How much larger the plane is seen.
  public var scale: Double

  /// A view; by default, of the field itself.
  public init(level: Int = 0, x: Double = 0, y: Double = 0, scale: Double = 1) {
    self.level = level
    self.x = x
    self.y = y
    self.scale = scale
  }

  /// The field as it is.
  public static let still = NoiseView()

  /// By level, then by place and scale.
  public static func < (a: Self, b: Self) -> Bool {
    (a.level, a.x, a.y, a.scale) < (b.level, b.x, b.y, b.scale)
  }

  /// Half the width of the filter, in cells: neighbours between the cells are then correlated by
  /// less than a tenth; linear interpolation would make it a half.
  private static let radius = 8

  /// The view's picture of `width` by `height` numbers, row by row, from a plane whose cell in
  /// column x and row y is `cell(x, y)`; the field itself has columns 0..<width and rows 0..<height.
  ///
  /// `keepsVariance` makes standard normal numbers of standard normal cells; without it a constant
  /// plane stays constant.
  public func picture(
    width: Int, height: Int, keepsVariance: Bool = true, cell: (Int, Int) -> Float
  ) -> [Float] {
    let columns = taps(width, move: x, keepsVariance)
    let rows = taps(height, move: y, keepsVariance)
    let top = rows.map(\.first).min() ?? 0
    let bottom = rows.map { $0.first + $0.weights.count }.max() ?? 0
    // The filter is separable: along the rows first, each of them once.
    let left = columns.map(\.first).min() ?? 0
    let right = columns.map { $0.first + $0.weights.count }.max() ?? 0
    let lines = (top..<bottom).map { y in
      let cells = (left..<right).map { cell($0, y) }
      return columns.map { tap in
        tap.weights.indices.reduce(Float(0)) {
          $0 + tap.weights[$1] * cells[tap.first - left + $1]
        }
      }
    }
    return rows.flatMap { tap in
      (0..<width).map { x in
        tap.weights.indices.reduce(Float(0)) {
          $0 + tap.weights[$1] * lines[tap.first - top + $1][x]
        }
      }
    }
  }

  private struct Taps {
    var first: Int
    var weights: [Float]
  }

  /// The cells and weights for each of `count` numbers along one side.
  private func taps(_ count: Int, move: Double, _ keepsVariance: Bool) -> [Taps] {
    let middle = Double(count - 1) / 2
    return (0..<count).map { index in
      let place = (Double(index) - middle) / scale + middle + move * Double(count)
      let whole = Int(place.rounded(.down))
      let first = whole - Self.radius + 1
      let weights = (0..<2 * Self.radius).map { Self.lanczos(place - Double(first + $0)) }
      let norm =
        keepsVariance
        ? weights.reduce(0) { $0 + $1 * $1 }.squareRoot() : weights.reduce(0, +)
      return Taps(first: first, weights: weights.map { Float($0 / norm) })
    }
  }

  private static func lanczos(_ x: Double) -> Double {
    if abs(x) < 1e-9 { return 1 }
    guard abs(x) < Double(radius) else { return 0 }
    let angle = Double.pi * x
    return Double(radius) * sin(angle) * sin(angle / Double(radius)) / (angle * angle)
  }
}
