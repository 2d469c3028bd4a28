/// What can go wrong between a model's description and its result.
public enum BackendError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A call of a native library failed.
  case native(call: String, status: Int)
  /// The system gave no memory for the activations.
  case outOfMemory(bytes: Int)
  /// The processor does not compute in the type.
  case precision(Precision)

  /// One line for a person.
  public var description: String {
    switch self {
    case .native(let call, let status): "\(call) failed with status \(status)"
    case .outOfMemory(let bytes):
      "no memory for \(bytes >> 20) MiB of activations; a smaller --size needs less"
    case .precision(let precision):
      "this processor does not compute in \(precision.rawValue); leave out --precision"
    }
  }
}
