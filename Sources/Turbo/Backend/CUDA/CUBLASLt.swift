/// The parts of cuBLASLt that the backend calls (cublasLt.h 12 and 13).
final class CUBLASLt {
  typealias Handle = OpaquePointer

  /// Values of cublasLt.h, cublas_api.h and library_types.h.
  enum Constant {
    static let computeFloat32: Int32 = 68
    static let realFloat32: Int32 = 0
    static let transposeA: Int32 = 3
    static let epilogue: Int32 = 7
    static let biasPointer: Int32 = 8
    static let operationTransposed: Int32 = 1
    static let epilogueBias: UInt32 = 4
    static let maximumWorkspace: Int32 = 1
  }

  private let handle: Handle
  private let destroyHandle: @convention(c) (Handle?) -> Int32
  private let statusName: @convention(c) (Int32) -> UnsafePointer<CChar>?
  typealias SetAttribute = @convention(c) (Handle?, Int32, UnsafeRawPointer, Int) -> Int32
  typealias Destroy = @convention(c) (Handle?) -> Int32
  let descriptionCreate: @convention(c) (UnsafeMutablePointer<Handle?>, Int32, Int32) -> Int32
  let descriptionDestroy: Destroy
  let descriptionSet: SetAttribute
  let layoutCreate:
    @convention(c) (UnsafeMutablePointer<Handle?>, Int32, UInt64, UInt64, Int64) -> Int32
  let layoutDestroy: Destroy
  let preferenceCreate: @convention(c) (UnsafeMutablePointer<Handle?>) -> Int32
  let preferenceDestroy: Destroy
  let preferenceSet: SetAttribute
  private let heuristic:
    @convention(c) (
      Handle?, Handle?, Handle?, Handle?, Handle?, Handle?, Handle?, Int32,
      UnsafeMutableRawPointer, UnsafeMutablePointer<Int32>
    ) -> Int32
  private let multiply:
    @convention(c) (
      Handle?, Handle?, UnsafeRawPointer, UInt64, Handle?, UInt64, Handle?, UnsafeRawPointer,
      UInt64, Handle?, UInt64, Handle?, UnsafeRawPointer, UInt64, Int, Handle?
    ) -> Int32

  init(_ library: DynamicLibrary) throws(BackendError) {
    destroyHandle = try library.function("cublasLtDestroy")
    statusName = try library.function("cublasLtGetStatusName")
    descriptionCreate = try library.function("cublasLtMatmulDescCreate")
    descriptionDestroy = try library.function("cublasLtMatmulDescDestroy")
    descriptionSet = try library.function("cublasLtMatmulDescSetAttribute")
    layoutCreate = try library.function("cublasLtMatrixLayoutCreate")
    layoutDestroy = try library.function("cublasLtMatrixLayoutDestroy")
    preferenceCreate = try library.function("cublasLtMatmulPreferenceCreate")
    preferenceDestroy = try library.function("cublasLtMatmulPreferenceDestroy")
    preferenceSet = try library.function("cublasLtMatmulPreferenceSetAttribute")
    heuristic = try library.function("cublasLtMatmulAlgoGetHeuristic")
    multiply = try library.function("cublasLtMatmul")
    let create: @convention(c) (UnsafeMutablePointer<Handle?>) -> Int32 =
      try library.function("cublasLtCreate")
    var handle: Handle?
    let status = create(&handle)
    guard status == 0, let handle else {
      throw .device(call: "cublasLtCreate", problem: "status \(status)")
    }
    self.handle = handle
  }

  deinit { _ = destroyHandle(handle) }

  func check(_ status: Int32, _ call: String) throws(BackendError) {
    guard status != 0 else { return }
    throw .device(
      call: call,
      problem: statusName(status).map { String(cString: $0) } ?? "status \(status)")
  }

  /// An algorithm with the scratch memory it needs, as cuBLASLt describes it.
  static let algorithmWords = 8
  /// Words of `cublasLtMatmulHeuristicResult_t`: the algorithm, the workspace's size, the status in
  /// the low half of a word, and reserved ones.
  private static let resultWords = 12

  /// Algorithms for a product, likely the fastest first.
  func algorithms(
    _ description: Handle?, _ a: Handle?, _ b: Handle?, _ d: Handle?, workspace: Int, count: Int
  ) throws(BackendError) -> [[UInt64]] {
    var preference: Handle?
    try check(preferenceCreate(&preference), "cublasLtMatmulPreferenceCreate")
    defer { _ = preferenceDestroy(preference) }
    var bytes = UInt64(workspace)
    try check(
      preferenceSet(preference, Constant.maximumWorkspace, &bytes, 8),
      "cublasLtMatmulPreferenceSetAttribute")
    var results = [UInt64](repeating: 0, count: Self.resultWords * count)
    var found: Int32 = 0
    try check(
      heuristic(
        handle, description, a, b, d, d, preference, Int32(count), &results, &found),
      "cublasLtMatmulAlgoGetHeuristic")
    return (0..<Int(found)).compactMap { index in
      let words = results[index * Self.resultWords..<(index + 1) * Self.resultWords]
      let status = UInt32(truncatingIfNeeded: words[words.startIndex + Self.algorithmWords + 1])
      return status == 0 ? Array(words.prefix(Self.algorithmWords)) : nil
    }
  }

  /// d = alpha · a·b + beta · c, in cuBLAS's column-major terms.
  func multiply(
    _ description: Handle?, _ alpha: Float, a: (UInt64, Handle?), b: (UInt64, Handle?),
    _ beta: Float, c: UInt64, d: (UInt64, Handle?), algorithm: [UInt64],
    workspace: (address: UInt64, bytes: Int), stream: Handle?
  ) throws(BackendError) {
    var (alpha, beta) = (alpha, beta)
    try check(
      multiply(
        handle, description, &alpha, a.0, a.1, b.0, b.1, &beta, c, d.1, d.0, d.1, algorithm,
        workspace.address, workspace.bytes, stream), "cublasLtMatmul")
  }
}
