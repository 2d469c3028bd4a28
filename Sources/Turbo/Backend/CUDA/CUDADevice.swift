import CDeviceCode

/// A GPU with what is needed to compute on it: its context, one stream of work, the libraries and
/// the kernels. For one thread at a time.
final class CUDADevice {
  typealias Address = CUDADriver.Address

  /// What a person calls the GPU.
  let name: String
  /// Number of multiprocessors.
  let processors: Int
  let driver: CUDADriver
  let stream: CUDADriver.Handle
  let products: CUBLASLt
  let convolutions: CUDNN
  /// Products and convolutions that were already chosen, by shape.
  var knownProducts: [MatrixProduct.Shape: [UInt64]] = [:]
  var knownConvolutions: [ConvolutionPlan.Shape: KnownConvolution] = [:]
  /// Told what compilation chose and rejected.
  var trace: ((String) -> Void)?

  let context: CUDADriver.Handle
  private let architecture: String
  private let compiler: RuntimeCompiler
  private var functions: [String: CUDADriver.Handle] = [:]
  private var modules: [Precision: CUDADriver.Handle] = [:]
  private var sharedWorkspace: CUDAMemory?

  /// Scratch memory that products and convolutions may use, one after the other.
  static let workspaceBytes = 256 << 20

  /// Opens the GPU of this number.
  init(index: Int = 0, libraries: CUDALibraries = CUDALibraries()) throws(BackendError) {
    let driver = try CUDADriver(libraries.driver())
    var count: Int32 = 0
    try driver.check(driver.deviceCount(&count), "cuDeviceGetCount")
    guard (0..<Int(count)).contains(index) else {
      throw .noDevice(index: index, count: Int(count))
    }
    var device: Int32 = 0
    try driver.check(driver.deviceGet(&device, Int32(index)), "cuDeviceGet")
    func attribute(_ number: Int32) throws(BackendError) -> Int {
      var value: Int32 = 0
      try driver.check(driver.deviceAttribute(&value, number, device), "cuDeviceGetAttribute")
      return Int(value)
    }
    let (major, minor) = (
      try attribute(CUDADriver.Constant.computeMajor),
      try attribute(CUDADriver.Constant.computeMinor)
    )
    guard major >= 8 else {
      throw .device(
        call: "GPU \(index)",
        problem: "compute capability \(major).\(minor); 8.0 or newer is needed")
    }
    var bytes = [CChar](repeating: 0, count: 256)
    try driver.check(driver.deviceName(&bytes, 255, device), "cuDeviceGetName")
    name = String(
      decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    processors = try attribute(CUDADriver.Constant.processorCount)
    architecture = "sm_\(major)\(minor)"

    // All libraries before the context, which takes memory of the GPU as long as the process lives.
    compiler = try RuntimeCompiler(libraries.compiler())
    let (forProducts, forConvolutions) = (
      try libraries.products(), try libraries.convolutions()
    )
    var context: CUDADriver.Handle?
    try driver.check(driver.contextRetain(&context, device), "cuDevicePrimaryCtxRetain")
    guard let context else {
      throw .device(call: "cuDevicePrimaryCtxRetain", problem: "no context")
    }
    try driver.check(driver.contextSetCurrent(context), "cuCtxSetCurrent")
    var stream: CUDADriver.Handle?
    try driver.check(
      driver.streamCreate(&stream, CUDADriver.Constant.nonBlockingStream), "cuStreamCreate")
    guard let stream else { throw .device(call: "cuStreamCreate", problem: "no stream") }
    products = try CUBLASLt(forProducts)
    convolutions = try CUDNN(forConvolutions, stream: stream)
    self.driver = driver
    self.context = context
    self.stream = stream
  }

  deinit {
    sharedWorkspace = nil
    _ = driver.streamSynchronize(stream)
    _ = driver.streamDestroy(stream)
    // The context is the process's; the libraries that share it close after this.
  }

  /// Makes the calling thread work on this GPU.
  func use() throws(BackendError) {
    try driver.check(driver.contextSetCurrent(context), "cuCtxSetCurrent")
  }

  func synchronize() throws(BackendError) {
    try driver.check(driver.streamSynchronize(stream), "cuStreamSynchronize")
  }

  /// Free and total bytes.
  func memory() throws(BackendError) -> (free: Int, total: Int) {
    var (free, total) = (0, 0)
    try driver.check(driver.memoryInfo(&free, &total), "cuMemGetInfo")
    return (free, total)
  }

  /// Where the scratch memory lies.
  func workspace() throws(BackendError) -> Address {
    if let sharedWorkspace { return sharedWorkspace.address }
    let memory = try CUDAMemory(self, bytes: Self.workspaceBytes)
    sharedWorkspace = memory
    return memory.address
  }
}

// MARK: - Kernels

extension CUDADevice {
  /// A kernel of `kernels.cu`, compiled for values of the given type.
  func function(_ name: String, _ precision: Precision) throws(BackendError) -> CUDADriver.Handle {
    let key = "\(name) \(precision.rawValue)"
    if let known = functions[key] { return known }
    var function: CUDADriver.Handle?
    try driver.check(
      driver.moduleFunction(&function, module(precision), name), "cuModuleGetFunction \(name)")
    guard let function else { throw .device(call: "cuModuleGetFunction", problem: name) }
    functions[key] = function
    return function
  }

  private func module(_ precision: Precision) throws(BackendError) -> CUDADriver.Handle {
    if let known = modules[precision] { return known }
    let code = try compiler.compile(
      fabula_device_source(), architecture: architecture,
      definitions: ["FABULA_TYPE": precision.deviceType])
    var module: CUDADriver.Handle?
    try driver.check(driver.moduleLoad(&module, code), "cuModuleLoadData")
    guard let module else { throw .device(call: "cuModuleLoadData", problem: "no module") }
    modules[precision] = module
    return module
  }
}

extension Precision {
  /// What `kernels.cu` calls the type.
  var deviceType: Int {
    switch self {
    case .float32: 0
    case .float16: 1
    case .bfloat16: 2
    }
  }

  /// Bytes of an activation or weight on the GPU.
  var deviceSize: Int { self == .float32 ? 4 : 2 }
}
