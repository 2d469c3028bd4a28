/// How evenly something moves: the largest change from frame to frame over the mean one.
///
/// 1 is perfectly even; a stand-still with one jump in n frames is n.
public struct Evenness: Hashable, Sendable {
  /// The largest change.
  public let maximum: Double
  /// The mean change.
  public let mean: Double

  /// The evenness of `changes`, or nil where there are none.
  public init?(_ changes: [Double]) {
    guard let maximum = changes.max() else { return nil }
    self.maximum = maximum
    mean = changes.reduce(0, +) / Double(changes.count)
  }

  /// Maximum over mean; 1 where nothing moves at all.
  public var ratio: Double { mean > 0 ? maximum / mean : 1 }
}
