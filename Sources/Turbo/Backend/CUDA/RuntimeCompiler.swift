/// NVIDIA's compiler of kernels as a library (NVRTC).
struct RuntimeCompiler: Sendable {
  private typealias Program = OpaquePointer
  private typealias Query = @convention(c) (Program?, UnsafeMutablePointer<Int>) -> Int32
  private typealias Read = @convention(c) (Program?, UnsafeMutablePointer<CChar>) -> Int32

  private let create:
    @convention(c) (
      UnsafeMutablePointer<Program?>, UnsafePointer<CChar>, UnsafePointer<CChar>, Int32,
      UnsafeRawPointer?, UnsafeRawPointer?
    ) -> Int32
  private let destroy: @convention(c) (UnsafeMutablePointer<Program?>) -> Int32
  private let compileProgram:
    @convention(c) (Program?, Int32, UnsafePointer<UnsafePointer<CChar>?>) -> Int32
  private let logSize, binarySize: Query
  private let log, binary: Read

  init(_ library: DynamicLibrary) throws(BackendError) {
    create = try library.function("nvrtcCreateProgram")
    destroy = try library.function("nvrtcDestroyProgram")
    compileProgram = try library.function("nvrtcCompileProgram")
    logSize = try library.function("nvrtcGetProgramLogSize")
    log = try library.function("nvrtcGetProgramLog")
    binarySize = try library.function("nvrtcGetCUBINSize")
    binary = try library.function("nvrtcGetCUBIN")
  }

  /// Compiles CUDA C++ to the machine code of an architecture such as `sm_90`.
  func compile(
    _ source: UnsafePointer<CChar>, architecture: String, definitions: [String: Int]
  ) throws(BackendError) -> [CChar] {
    var program: Program?
    guard create(&program, source, "kernels.cu", 0, nil, nil) == 0 else {
      throw .device(call: "nvrtcCreateProgram", problem: "no program")
    }
    defer { _ = destroy(&program) }
    let options =
      ["--gpu-architecture=\(architecture)", "--std=c++17"]
      + definitions.map { "-D\($0.key)=\($0.value)" }
    let result = Self.withStrings(options) {
      compileProgram(program, Int32(options.count), $0)
    }
    guard result == 0 else {
      let text = read(program, logSize, log).prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw .device(
        call: "nvrtcCompileProgram",
        problem: "status \(result): " + String(decoding: text, as: UTF8.self))
    }
    return read(program, binarySize, binary)
  }

  private func read(_ program: Program?, _ size: Query, _ content: Read) -> [CChar] {
    var count = 0
    guard size(program, &count) == 0, count > 0 else { return [] }
    var bytes = [CChar](repeating: 0, count: count)
    return content(program, &bytes) == 0 ? bytes : []
  }

  private static func withStrings<R>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> R
  ) -> R {
    var offsets: [Int] = []
    var bytes: [CChar] = []
    for string in strings {
      offsets.append(bytes.count)
      bytes += string.utf8CString
    }
    return bytes.withUnsafeBufferPointer { buffer in
      let pointers = offsets.map { offset in buffer.baseAddress.map { $0 + offset } }
      return body(pointers)
    }
  }
}
