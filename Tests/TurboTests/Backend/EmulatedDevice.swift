import EmulatedGPU

@testable import Turbo

/// A CUDA device made of loops; `EmulatedGPU.h` says what tests on it show and what not. It is the
/// calling thread's: a test may have one at a time.
enum EmulatedDevice {
  static let name = "Emulated GPU"

  /// The device as it is at first, with so many bytes of memory.
  ///
  /// - Parameter broken: makes calls fail before the first.
  static func make(
    bytes: Int = 1 << 30, broken: () -> Void = {}
  ) throws(BackendError) -> CUDADevice {
    emulated_gpu_reset(bytes)
    broken()
    return try CUDADevice(libraries: libraries)
  }

  private static let libraries: CUDALibraries = {
    let open: CUDALibraries.Open = {
      DynamicLibrary(name: "libemulated.so") { emulated_gpu_function($0) }
    }
    return CUDALibraries(driver: open, compiler: open, products: open, convolutions: open)
  }()

  /// Lets calls of this name fail from now on.
  static func fail(_ call: String, status: Int = EmulatedDevice.launchFailed) {
    emulated_gpu_fail(call, Int32(status))
  }

  /// `CUDA_ERROR_LAUNCH_FAILED`, after which a context is of no use.
  static let launchFailed = 719

  static var usedBytes: Int { emulated_gpu_used_bytes() }
}
