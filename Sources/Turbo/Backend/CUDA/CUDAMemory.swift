/// Memory of a GPU, freed with its owner.
final class CUDAMemory {
  let address: CUDADriver.Address
  let bytes: Int
  private let driver: CUDADriver
  private let context: CUDADriver.Handle

  init(_ device: CUDADevice, bytes: Int) throws(BackendError) {
    var address: CUDADriver.Address = 0
    let result = device.driver.memoryAllocate(&address, max(bytes, 256))
    if result == CUDADriver.Constant.outOfMemory {
      throw .outOfDeviceMemory(needed: bytes, free: try device.memory().free)
    }
    try device.driver.check(result, "cuMemAlloc")
    self.address = address
    self.bytes = bytes
    driver = device.driver
    context = device.context
  }

  deinit {
    // The last owner may go on another thread.
    _ = driver.contextSetCurrent(context)
    _ = driver.memoryFree(address)
  }
}
