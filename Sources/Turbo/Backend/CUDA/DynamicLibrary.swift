import Glibc

/// A shared library opened at run time, never needed to start the program.
///
/// It stays open for the life of the process: NVIDIA's libraries do not survive being closed.
struct DynamicLibrary: @unchecked Sendable {
  /// The file name that was found.
  let name: String
  private let handle: UnsafeMutableRawPointer

  /// Opens the first of `names` that the system finds.
  ///
  /// - Parameter hint: what to install where there is none.
  init(_ names: [String], hint: String) throws(BackendError) {
    var problem = ""
    for name in names {
      if let handle = dlopen(name, RTLD_NOW | RTLD_GLOBAL) {
        self.name = name
        self.handle = handle
        return
      }
      if problem.isEmpty { problem = dlerror().map { String(cString: $0) } ?? "\(name) not found" }
    }
    throw .library(names[0], problem: problem, hint: hint)
  }

  /// A function of the library, as the C type that its header declares.
  func function<F>(_ symbol: String, as type: F.Type = F.self) throws(BackendError) -> F {
    guard let address = dlsym(handle, symbol) else {
      throw .library(
        name, problem: "it has no \(symbol)", hint: "a newer version of it is needed")
    }
    return unsafeBitCast(address, to: type)
  }
}
