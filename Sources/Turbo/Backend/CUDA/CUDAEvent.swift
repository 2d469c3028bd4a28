/// A moment of the GPU's work.
final class CUDAEvent {
  private let device: CUDADevice
  private let handle: CUDADriver.Handle

  init(_ device: CUDADevice) throws(BackendError) {
    var handle: CUDADriver.Handle?
    try device.driver.check(device.driver.eventCreate(&handle, 0), "cuEventCreate")
    guard let handle else { throw .device(call: "cuEventCreate", problem: "no event") }
    self.device = device
    self.handle = handle
  }

  deinit { _ = device.driver.eventDestroy(handle) }

  func record() throws(BackendError) {
    try device.driver.check(device.driver.eventRecord(handle, device.stream), "cuEventRecord")
  }

  /// Waits for this event and says how long after the other it came.
  func milliseconds(since start: CUDAEvent) throws(BackendError) -> Double {
    var milliseconds: Float = 0
    try device.driver.check(device.driver.eventSynchronize(handle), "cuEventSynchronize")
    try device.driver.check(
      device.driver.eventElapsed(&milliseconds, start.handle, handle), "cuEventElapsedTime")
    return Double(milliseconds)
  }
}

extension CUDADevice {
  /// Milliseconds of the GPU's time for `work`: the median of so many measurements, each of a batch,
  /// so that the time to launch the first does not count.
  func time(
    repeats: Int, batch: Int = 1, _ work: () throws(BackendError) -> Void
  ) throws(BackendError) -> Double {
    let (start, end) = (try CUDAEvent(self), try CUDAEvent(self))
    var times: [Double] = []
    for _ in 0..<repeats {
      try start.record()
      for _ in 0..<batch { try work() }
      try end.record()
      times.append(try end.milliseconds(since: start) / Double(batch))
    }
    return times.sorted()[repeats / 2]
  }
}
