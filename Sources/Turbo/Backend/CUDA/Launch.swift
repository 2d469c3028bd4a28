/// One launch of a kernel with its arguments.
struct Launch {
  enum Argument {
    case address(CUDADriver.Address)
    case int(Int)
    case long(Int)
    case float(Float)

    /// The bytes that the kernel reads, first byte first.
    fileprivate var bits: UInt64 {
      switch self {
      case .address(let address): address
      case .int(let value): UInt64(UInt32(bitPattern: Int32(truncatingIfNeeded: value)))
      case .long(let value): UInt64(bitPattern: Int64(value))
      case .float(let value): UInt64(value.bitPattern)
      }
    }
  }

  var kernel: String
  var grid: (x: Int, y: Int) = (1, 1)
  var block: (x: Int, y: Int) = (256, 1)
  var sharedBytes = 0
  var arguments: [Argument]

  /// A launch over `count` items that a kernel strides over.
  static func over(
    _ count: Int, _ kernel: String, _ device: CUDADevice, _ arguments: [Argument]
  ) -> Launch {
    let blocks = min(max((count + 255) / 256, 1), device.processors * 32)
    return Launch(kernel: kernel, grid: (blocks, 1), arguments: arguments)
  }

  /// More shared memory than this a kernel must ask for.
  private static let sharedLimit = 48 << 10

  /// Finds the kernel and returns what launches it.
  func prepare(_ device: CUDADevice, _ precision: Precision) throws(BackendError)
    -> CUDAProgram.Step
  {
    let function = try device.function(kernel, precision)
    if sharedBytes > Self.sharedLimit {
      try device.driver.check(
        device.driver.functionSetAttribute(
          function, CUDADriver.Constant.maximumDynamicShared, Int32(sharedBytes)),
        "cuFuncSetAttribute (\(kernel), \(sharedBytes) bytes of shared memory)")
    }
    let (driver, stream) = (device.driver, device.stream)
    let bits = arguments.map(\.bits)
    return { [self] () throws(BackendError) in
      var values = bits
      let result = values.withUnsafeMutableBufferPointer { values in
        var pointers = values.indices.map { index in
          values.baseAddress.map { UnsafeMutableRawPointer($0 + index) }
        }
        return driver.launch(
          function, UInt32(grid.x), UInt32(grid.y), 1, UInt32(block.x), UInt32(block.y), 1,
          UInt32(sharedBytes), stream, &pointers, nil)
      }
      try driver.check(result, "cuLaunchKernel \(kernel)")
    }
  }
}
