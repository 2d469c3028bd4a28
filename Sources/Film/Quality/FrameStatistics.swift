/// Brightness of one picture, 0 to 1.
public struct FrameStatistics: Sendable, Equatable {
  /// The mean of all values.
  public var mean: Double
  /// The standard deviation of all values, which is 0 for a picture of one grey.
  public var deviation: Double
  /// The smallest and the largest value.
  public var range: ClosedRange<Double>

  /// Statistics of interleaved RGB.
  public init(_ rgb: [UInt8]) {
    guard !rgb.isEmpty else {
      (mean, deviation, range) = (0, 0, 0...0)
      return
    }
    var (sum, squares) = (0, 0)
    var (low, high) = (UInt8.max, UInt8.min)
    for value in rgb {
      sum += Int(value)
      squares += Int(value) * Int(value)
      low = min(low, value)
      high = max(high, value)
    }
    let count = Double(rgb.count)
    let mean = Double(sum) / count
    self.mean = mean / 255
    deviation = max(0, Double(squares) / count - mean * mean).squareRoot() / 255
    range = Double(low) / 255...Double(high) / 255
  }

  /// A picture on which there is nothing to see.
  public var isBlack: Bool { range.upperBound < 0.08 }
  /// A picture of hardly more than one colour: a broken model draws these.
  public var isConstant: Bool { deviation < 0.01 || range.upperBound - range.lowerBound < 0.03 }
}
