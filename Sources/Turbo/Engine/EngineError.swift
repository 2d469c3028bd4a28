/// A request that the model cannot meet.
public enum EngineError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A picture size that is out of range or no multiple of what the model draws in.
  case size(PictureSize, multiple: Int, range: ClosedRange<Int>)
  /// A number of steps that the schedule has no room for.
  case steps(Int, range: ClosedRange<Int>)
  /// An input with the wrong number of elements.
  case elementCount(of: String, expected: Int, found: Int)
  /// A strength that leaves nothing to draw, or more than everything.
  case strength(Double)
  /// Parts of the model that do not fit together.
  case mismatch(String)

  /// One line for a person.
  public var description: String {
    switch self {
    case .size(let size, let multiple, let range):
      "size \(size): width and height must be multiples of \(multiple) from \(range.lowerBound)"
        + " to \(range.upperBound)"
    case .steps(let steps, let range):
      "\(steps) steps: choose \(range.lowerBound) to \(range.upperBound)"
    case .elementCount(let name, let expected, let found):
      "\(name): \(found) values, expected \(expected)"
    case .strength(let strength): "a strength of \(strength): choose one above 0, to 1"
    case .mismatch(let what): what
    }
  }
}
