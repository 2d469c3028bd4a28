/// Launches captured once, to be replayed as one.
final class CUDAGraph {
  private let device: CUDADevice
  private let executable: CUDADriver.Handle?

  /// Runs the steps once, so that libraries load what they load at first use, then captures them.
  init(_ device: CUDADevice, _ steps: [CUDAProgram.Step]) throws(BackendError) {
    self.device = device
    guard !steps.isEmpty else {
      executable = nil
      return
    }
    let driver = device.driver
    for step in steps { try step() }
    try device.synchronize()
    try driver.check(
      driver.streamBeginCapture(device.stream, CUDADriver.Constant.relaxedCapture),
      "cuStreamBeginCapture")
    var problem: BackendError?
    do throws(BackendError) {
      for step in steps { try step() }
    } catch {
      problem = error
    }
    // A capture that failed must be ended too, or the stream is lost.
    var graph: CUDADriver.Handle?
    let status = driver.streamEndCapture(device.stream, &graph)
    defer { if let graph { _ = driver.graphDestroy(graph) } }
    if let problem { throw problem }
    try driver.check(status, "cuStreamEndCapture")
    var executable: CUDADriver.Handle?
    try driver.check(driver.graphInstantiate(&executable, graph, 0), "cuGraphInstantiate")
    self.executable = executable
  }

  deinit { if let executable { _ = device.driver.graphExecDestroy(executable) } }

  func launch() throws(BackendError) {
    guard let executable else { return }
    try device.driver.check(device.driver.graphLaunch(executable, device.stream), "cuGraphLaunch")
  }
}
