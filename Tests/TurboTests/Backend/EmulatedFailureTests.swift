import Testing

@testable import Turbo

/// What a device that fails, or has too little memory, comes to.
@Suite struct EmulatedFailureTests {
  private func program(_ device: CUDADevice) throws -> CUDAProgram {
    let m = ModuleBuilder()
    let x = m.input("x", shape: [8, 8, 16])
    m.output("y", m.convolution(m["layer"].groupNorm(x, groups: 4, epsilon: 1e-5), to: 16))
    let weights = try RandomCheckpoint(m.graph)
    defer { withExtendedLifetime(weights) {} }
    return try CUDAProgram(m.graph, weights.checkpoint, precision: .float16, device: device)
  }

  private func isFailure(_ error: BackendError, of call: String) -> Bool {
    if case .device(let found, _) = error { found.hasPrefix(call) } else { false }
  }

  @Test(arguments: [
    "cuInit", "cuDevicePrimaryCtxRetain", "cuStreamCreate", "cublasLtCreate", "cudnnCreate",
    "cudnnSetStream",
  ])
  func noDevice(_ call: String) throws {
    let error = try #require(throws: BackendError.self) {
      _ = try EmulatedDevice.make { EmulatedDevice.fail(call) }
    }
    #expect(isFailure(error, of: call))
  }

  @Test(arguments: [
    "cuMemAlloc", "cuModuleLoadData", "cuMemcpyHtoDAsync", "cuLaunchKernel", "cuStreamSynchronize",
    "cuStreamBeginCapture", "cuStreamEndCapture", "cuGraphInstantiate",
  ])
  func noProgram(_ call: String) throws {
    let device = try EmulatedDevice.make()
    EmulatedDevice.fail(call)
    let error = try #require(throws: BackendError.self) { _ = try program(device) }
    #expect(isFailure(error, of: call))
    #expect("\(error)".contains("CUDA_ERROR_LAUNCH_FAILED"))
  }

  @Test(arguments: [
    "cuCtxSetCurrent", "cuMemcpyHtoDAsync", "cuGraphLaunch", "cuMemcpyDtoHAsync",
    "cuStreamSynchronize",
  ])
  func noRun(_ call: String) throws {
    let device = try EmulatedDevice.make()
    let program = try program(device)
    program.set("x", Array(repeating: 1, count: 8 * 8 * 16))
    #expect(try program.run())
    program.set("x", Array(repeating: 2, count: 8 * 8 * 16))
    EmulatedDevice.fail(call)
    #expect(throws: BackendError.device(call: call, problem: "CUDA_ERROR_LAUNCH_FAILED")) {
      try program.run()
    }
  }

  /// Too little for the libraries' scratch memory, and enough for it alone.
  @Test(arguments: [8 << 20, CUDADevice.workspaceBytes + 1000])
  func tooLittleMemory(bytes: Int) throws {
    let device = try EmulatedDevice.make(bytes: bytes)
    let error = try #require(throws: BackendError.self) { _ = try program(device) }
    guard case .outOfDeviceMemory(let needed, let free) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(needed > free)
    #expect(free <= bytes)
    #expect("\(error)".contains("a smaller picture needs less"))
  }

  @Test func stopsBeforeItBegins() throws {
    let program = try program(EmulatedDevice.make())
    #expect(try !program.run(while: { false }))
  }

  /// All memory is given back, after a failure too.
  @Test func leavesNothing() throws {
    do {
      let device = try EmulatedDevice.make()
      #expect(EmulatedDevice.usedBytes == 0)
      let program = try program(device)
      #expect(EmulatedDevice.usedBytes > program.memoryBytes)
      EmulatedDevice.fail("cuStreamBeginCapture")
      #expect(throws: BackendError.self) { _ = try self.program(device) }
    }
    #expect(EmulatedDevice.usedBytes == 0)
  }
}
