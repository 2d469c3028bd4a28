/// Why no plan can be made.
public enum PlanError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is nothing to show.
  case noStops
  /// A stop lasts no time, or begins before the one before it or before the film.
  case badTime(stop: Int)
  /// The share of travel is not a number from 0 to 1.
  case badShare(Double)

  /// In words.
  public var description: String {
    switch self {
    case .noStops: "there is nothing to show"
    case .badTime(let stop): "sentence \(stop + 1) has no time of its own"
    case .badShare(let share): "the travel share is \(share), not a number from 0 to 1"
    }
  }
}
