/// The parts of CUDA's driver API that the backend calls (cuda.h 12 and 13).
struct CUDADriver: Sendable {
  typealias Handle = OpaquePointer
  typealias Address = UInt64

  private let errorName:
    @convention(c) (Int32, UnsafeMutablePointer<UnsafePointer<CChar>?>) -> Int32
  let deviceCount: @convention(c) (UnsafeMutablePointer<Int32>) -> Int32
  let deviceGet: @convention(c) (UnsafeMutablePointer<Int32>, Int32) -> Int32
  let deviceName: @convention(c) (UnsafeMutablePointer<CChar>, Int32, Int32) -> Int32
  let deviceAttribute: @convention(c) (UnsafeMutablePointer<Int32>, Int32, Int32) -> Int32
  let contextRetain: @convention(c) (UnsafeMutablePointer<Handle?>, Int32) -> Int32
  let contextSetCurrent: @convention(c) (Handle?) -> Int32
  let memoryInfo: @convention(c) (UnsafeMutablePointer<Int>, UnsafeMutablePointer<Int>) -> Int32
  let memoryAllocate: @convention(c) (UnsafeMutablePointer<Address>, Int) -> Int32
  let memoryFree: @convention(c) (Address) -> Int32
  let hostAllocate: @convention(c) (UnsafeMutablePointer<UnsafeMutableRawPointer?>, Int) -> Int32
  let hostFree: @convention(c) (UnsafeMutableRawPointer?) -> Int32
  let copyToDevice: @convention(c) (Address, UnsafeRawPointer?, Int, Handle?) -> Int32
  let copyToHost: @convention(c) (UnsafeMutableRawPointer?, Address, Int, Handle?) -> Int32
  let fill: @convention(c) (Address, UInt8, Int, Handle?) -> Int32
  let moduleLoad: @convention(c) (UnsafeMutablePointer<Handle?>, UnsafeRawPointer?) -> Int32
  let moduleFunction:
    @convention(c) (UnsafeMutablePointer<Handle?>, Handle?, UnsafePointer<CChar>) -> Int32
  let functionSetAttribute: @convention(c) (Handle?, Int32, Int32) -> Int32
  let launch:
    @convention(c) (
      Handle?, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, Handle?,
      UnsafeMutablePointer<UnsafeMutableRawPointer?>?, UnsafeMutableRawPointer?
    ) -> Int32
  let streamCreate: @convention(c) (UnsafeMutablePointer<Handle?>, UInt32) -> Int32
  let streamDestroy: @convention(c) (Handle?) -> Int32
  let streamSynchronize: @convention(c) (Handle?) -> Int32
  let streamBeginCapture: @convention(c) (Handle?, Int32) -> Int32
  let streamEndCapture: @convention(c) (Handle?, UnsafeMutablePointer<Handle?>) -> Int32
  let graphInstantiate: @convention(c) (UnsafeMutablePointer<Handle?>, Handle?, UInt64) -> Int32
  let graphDestroy: @convention(c) (Handle?) -> Int32
  let graphExecDestroy: @convention(c) (Handle?) -> Int32
  let graphLaunch: @convention(c) (Handle?, Handle?) -> Int32
  let eventCreate: @convention(c) (UnsafeMutablePointer<Handle?>, UInt32) -> Int32
  let eventDestroy: @convention(c) (Handle?) -> Int32
  let eventRecord: @convention(c) (Handle?, Handle?) -> Int32
  let eventSynchronize: @convention(c) (Handle?) -> Int32
  let eventElapsed: @convention(c) (UnsafeMutablePointer<Float>, Handle?, Handle?) -> Int32

  /// Values of cuda.h.
  enum Constant {
    static let outOfMemory: Int32 = 2
    static let computeMajor: Int32 = 75
    static let computeMinor: Int32 = 76
    static let processorCount: Int32 = 16
    static let maximumDynamicShared: Int32 = 8
    static let nonBlockingStream: UInt32 = 1
    static let relaxedCapture: Int32 = 2
  }

  init(_ library: DynamicLibrary) throws(BackendError) {
    errorName = try library.function("cuGetErrorName")
    deviceCount = try library.function("cuDeviceGetCount")
    deviceGet = try library.function("cuDeviceGet")
    deviceName = try library.function("cuDeviceGetName")
    deviceAttribute = try library.function("cuDeviceGetAttribute")
    contextRetain = try library.function("cuDevicePrimaryCtxRetain")
    contextSetCurrent = try library.function("cuCtxSetCurrent")
    memoryInfo = try library.function("cuMemGetInfo_v2")
    memoryAllocate = try library.function("cuMemAlloc_v2")
    memoryFree = try library.function("cuMemFree_v2")
    hostAllocate = try library.function("cuMemAllocHost_v2")
    hostFree = try library.function("cuMemFreeHost")
    copyToDevice = try library.function("cuMemcpyHtoDAsync_v2")
    copyToHost = try library.function("cuMemcpyDtoHAsync_v2")
    fill = try library.function("cuMemsetD8Async")
    moduleLoad = try library.function("cuModuleLoadData")
    moduleFunction = try library.function("cuModuleGetFunction")
    functionSetAttribute = try library.function("cuFuncSetAttribute")
    launch = try library.function("cuLaunchKernel")
    streamCreate = try library.function("cuStreamCreate")
    streamDestroy = try library.function("cuStreamDestroy_v2")
    streamSynchronize = try library.function("cuStreamSynchronize")
    streamBeginCapture = try library.function("cuStreamBeginCapture_v2")
    streamEndCapture = try library.function("cuStreamEndCapture")
    graphInstantiate = try library.function("cuGraphInstantiateWithFlags")
    graphDestroy = try library.function("cuGraphDestroy")
    graphExecDestroy = try library.function("cuGraphExecDestroy")
    graphLaunch = try library.function("cuGraphLaunch")
    eventCreate = try library.function("cuEventCreate")
    eventDestroy = try library.function("cuEventDestroy_v2")
    eventRecord = try library.function("cuEventRecord")
    eventSynchronize = try library.function("cuEventSynchronize")
    eventElapsed = try library.function("cuEventElapsedTime")
    let initialize: @convention(c) (UInt32) -> Int32 = try library.function("cuInit")
    try check(initialize(0), "cuInit")
  }

  /// Throws for any result but success.
  func check(_ result: Int32, _ call: String) throws(BackendError) {
    guard result != 0 else { return }
    var name: UnsafePointer<CChar>?
    _ = errorName(result, &name)
    throw .device(call: call, problem: name.map { String(cString: $0) } ?? "error \(result)")
  }
}
