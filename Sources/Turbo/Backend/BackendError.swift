/// What can go wrong between a model's description and its result.
public enum BackendError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A call of a native library failed.
  case native(call: String, status: Int)
  /// The system gave no memory for the activations.
  case outOfMemory(bytes: Int)
  /// A library that is loaded at run time is missing or too old.
  case library(String, problem: String, hint: String)
  /// A call of CUDA or its libraries failed.
  case device(call: String, problem: String)
  /// The GPU has too little memory.
  case outOfDeviceMemory(needed: Int, free: Int)
  /// There is no such GPU.
  case noDevice(index: Int, count: Int)
  /// The processor does not compute in the type.
  case precision(Precision)

  /// One line for a person.
  public var description: String {
    switch self {
    case .native(let call, let status): "\(call) failed with status \(status)"
    case .outOfMemory(let bytes):
      "no memory for \(bytes >> 20) MiB of activations; a smaller picture needs less"
    case .library(let name, let problem, let hint): "\(name): \(problem); \(hint)"
    case .device(let call, let problem): "\(call): \(problem)"
    case .outOfDeviceMemory(let needed, let free):
      "the GPU has \(free >> 20) MiB free and \(needed >> 20) are needed; a smaller picture needs"
        + " less"
    case .noDevice(_, 0): "no GPU"
    case .noDevice(let index, let count): "no GPU \(index): there are \(count), counted from 0"
    case .precision(let precision): "this processor does not compute in \(precision.rawValue)"
    }
  }
}
