/// Floats of the host that the GPU reads and writes at full speed.
final class PinnedFloats {
  let values: UnsafeMutableBufferPointer<Float>
  private let driver: CUDADriver
  private let context: CUDADriver.Handle

  init(_ device: CUDADevice, count: Int) throws(BackendError) {
    var address: UnsafeMutableRawPointer?
    let bytes = max(count, 1) * MemoryLayout<Float>.stride
    try device.driver.check(device.driver.hostAllocate(&address, bytes), "cuMemAllocHost")
    guard let address else { throw .outOfMemory(bytes: bytes) }
    values = UnsafeMutableBufferPointer(
      start: address.bindMemory(to: Float.self, capacity: max(count, 1)), count: count)
    values.update(repeating: 0)
    driver = device.driver
    context = device.context
  }

  deinit {
    _ = driver.contextSetCurrent(context)
    _ = driver.hostFree(values.baseAddress)
  }
}
