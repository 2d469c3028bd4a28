/// What a model is computed on.
public enum Device: Equatable, Sendable, CustomStringConvertible {
  /// The first GPU, where there is one with CUDA's libraries, else the processor.
  case automatic
  /// The processor.
  case cpu
  /// The GPU of this number, counted from 0.
  case cuda(Int)

  /// A device by name: `auto`, `cpu`, `cuda` or `cuda:1`.
  public init?(_ name: String) {
    switch name {
    case "auto": self = .automatic
    case "cpu": self = .cpu
    case "cuda": self = .cuda(0)
    default:
      guard name.hasPrefix("cuda:"), let index = Int(name.dropFirst(5)), (0..<1024).contains(index)
      else { return nil }
      self = .cuda(index)
    }
  }

  /// The name that ``init(_:)`` reads.
  public var description: String {
    switch self {
    case .automatic: "auto"
    case .cpu: "cpu"
    case .cuda(let index): "cuda:\(index)"
    }
  }
}
