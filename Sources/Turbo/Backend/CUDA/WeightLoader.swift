/// Brings a checkpoint's tensors to the GPU and converts them there.
struct WeightLoader {
  private let device: CUDADevice

  init(_ device: CUDADevice) {
    self.device = device
  }

  /// Addresses of the weights in one piece of memory.
  func load(
    _ weights: [CUDASchedule.Weight]
  ) throws(BackendError) -> (memory: CUDAMemory, addresses: [CUDADriver.Address]) {
    var offsets: [Int] = []
    var total = 0
    for weight in weights {
      offsets.append(total)
      total += CUDASchedule.aligned(weight.bytes)
    }
    let memory = try CUDAMemory(device, bytes: total)
    let addresses = offsets.map { memory.address + UInt64($0) }
    let stored = weights.map { $0.tensor.count * $0.tensor.dtype.size }.max() ?? 0
    let staging = try CUDAMemory(device, bytes: stored)
    for (weight, address) in zip(weights, addresses) {
      try convert(weight, from: staging.address, to: address)
    }
    try device.synchronize()
    return (memory, addresses)
  }

  private func convert(
    _ weight: CUDASchedule.Weight, from staging: CUDADriver.Address, to address: CUDADriver.Address
  ) throws(BackendError) {
    let tensor = weight.tensor
    // Copies from ordinary memory have left it when the call returns; the stream keeps the order.
    let status = tensor.withUnsafeBytes {
      device.driver.copyToDevice(staging, $0.baseAddress, $0.count, device.stream)
    }
    try device.driver.check(status, "cuMemcpyHtoDAsync")
    let channels = weight.taps == 1 ? tensor.count : tensor.shape[1]
    let convert = Launch.over(
      tensor.count, "convert_weight", device,
      [
        .address(staging), .int(tensor.dtype.deviceType), .address(address), .long(tensor.count),
        .int(channels), .int(weight.taps),
      ])
    try convert.prepare(device, weight.precision)()
  }
}

extension ElementType {
  /// What `kernels.cu` calls the type.
  fileprivate var deviceType: Int {
    switch self {
    case .float32: 0
    case .float16: 1
    case .bfloat16: 2
    }
  }
}
