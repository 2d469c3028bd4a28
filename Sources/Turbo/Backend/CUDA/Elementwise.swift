/// Launches over the values of one shape.
enum Elementwise {
  typealias Address = CUDADriver.Address

  /// Values that a thread moves at once.
  static func width(_ channels: Int) -> Int { channels.isMultiple(of: 8) ? 8 : 1 }

  /// y = f(x + bias + vector + addend).
  static func combine(
    _ x: Address, bias: Address? = nil, vector: Address? = nil, addend: Address? = nil,
    to y: Address, shape: [Int], _ activation: Activation, _ device: CUDADevice
  ) -> Launch {
    let n = width(shape.channelCount)
    return Launch.over(
      shape.elementCount / n, "combine\(n)", device,
      [
        .address(x), .address(bias ?? 0), .address(vector ?? 0), .address(addend ?? 0),
        .address(y), .long(shape.elementCount / n), .int(shape.channelCount / n),
        .int(activation.deviceIndex),
      ])
  }
}

extension Activation {
  /// What `kernels.cu` calls the function.
  var deviceIndex: Int {
    switch self {
    case .identity: 0
    case .relu: 1
    case .silu: 2
    case .gelu: 3
    case .quickGELU: 4
    case .tanh: 5
    }
  }
}
