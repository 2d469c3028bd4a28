import Glibc

/// A library whose functions are found at run time; the program starts without it.
struct DynamicLibrary: Sendable {
  /// The address of a function, nil where the library has none of that name.
  typealias Lookup = @Sendable (String) -> UnsafeMutableRawPointer?

  /// The file name that was found.
  let name: String
  private let lookup: Lookup

  init(name: String, lookup: @escaping Lookup) {
    self.name = name
    self.lookup = lookup
  }

  /// Opens the first of `names` that the system finds. It stays open for the life of the process:
  /// NVIDIA's libraries do not survive being closed.
  ///
  /// - Parameter hint: what to install where there is none.
  init(_ names: [String], hint: String) throws(BackendError) {
    var problem = ""
    for name in names {
      if let handle = dlopen(name, RTLD_NOW | RTLD_GLOBAL) {
        // A handle may be used by all threads.
        let address = UInt(bitPattern: handle)
        self.init(name: name) { dlsym(UnsafeMutableRawPointer(bitPattern: address), $0) }
        return
      }
      // Of the first only; the system's words for it begin with its name.
      guard problem.isEmpty else { continue }
      problem = dlerror().map { String(cString: $0) } ?? "not found"
      if problem.hasPrefix("\(name): ") { problem.removeFirst(name.count + 2) }
    }
    throw .library(names[0], problem: problem, hint: hint)
  }

  /// A function of the library, as the C type that its header declares.
  func function<F>(_ symbol: String, as type: F.Type = F.self) throws(BackendError) -> F {
    guard let address = lookup(symbol) else {
      throw .library(
        name, problem: "it has no \(symbol)", hint: "a newer version of it is needed")
    }
    return unsafeBitCast(address, to: type)
  }
}
