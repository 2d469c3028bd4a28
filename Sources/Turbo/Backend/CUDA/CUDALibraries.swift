/// Where the backend finds the libraries of CUDA: in the system, unless a test brings its own.
struct CUDALibraries: Sendable {
  typealias Open = @Sendable () throws(BackendError) -> DynamicLibrary

  /// The driver's library comes with the graphics driver, never with a toolkit.
  var driver: Open = { () throws(BackendError) in
    try DynamicLibrary(
      ["libcuda.so.1", "libcuda.so"], hint: "install NVIDIA's driver (570 or newer)")
  }
  var compiler: Open = { () throws(BackendError) in
    try DynamicLibrary(
      ["libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so"],
      hint: "install CUDA's NVRTC (pip install nvidia-cuda-nvrtc) where LD_LIBRARY_PATH finds it")
  }
  var products: Open = { () throws(BackendError) in
    try DynamicLibrary(
      ["libcublasLt.so.13", "libcublasLt.so.12", "libcublasLt.so"],
      hint: "install CUDA's cuBLAS (pip install nvidia-cublas) where LD_LIBRARY_PATH finds it")
  }
  var convolutions: Open = { () throws(BackendError) in
    try DynamicLibrary(
      ["libcudnn.so.9", "libcudnn.so"],
      hint: "install cuDNN 9 (pip install nvidia-cudnn-cu13) where LD_LIBRARY_PATH finds it")
  }
}
