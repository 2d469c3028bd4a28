/// result [R, O] = scale · left [R, C] · right + bias [O] + addend [R, O], where right is [O, C] and
/// read transposed, as weights are, or [C, O].
final class MatrixProduct {
  struct Shape: Hashable, CustomStringConvertible {
    var rows: Int
    var inner: Int
    var columns: Int
    var rightIsTransposed = true
    var scale: Float = 1
    var precision: Precision
    var hasBias = false
    var hasAddend = false

    var description: String {
      let sums = (hasBias ? " + bias" : "") + (hasAddend ? " + addend" : "")
      return "\(precision.rawValue) \(rows)x\(inner) · \(inner)x\(columns)\(sums)"
    }
  }

  typealias Address = CUDADriver.Address

  private let device: CUDADevice
  private let shape: Shape
  private var description, a, b, d: CUBLASLt.Handle?

  init(_ device: CUDADevice, _ shape: Shape, bias: Address?) throws(BackendError) {
    self.device = device
    self.shape = shape
    typealias Constant = CUBLASLt.Constant
    let library = device.products
    try library.check(
      library.descriptionCreate(&description, Constant.computeFloat32, Constant.realFloat32),
      "cublasLtMatmulDescCreate")
    if shape.rightIsTransposed {
      var operation = Constant.operationTransposed
      try library.check(
        library.descriptionSet(description, Constant.transposeA, &operation, 4),
        "cublasLtMatmulDescSetAttribute (transposed)")
    }
    if var bias {
      var epilogue = Constant.epilogueBias
      try library.check(
        library.descriptionSet(description, Constant.epilogue, &epilogue, 4),
        "cublasLtMatmulDescSetAttribute (epilogue)")
      try library.check(
        library.descriptionSet(description, Constant.biasPointer, &bias, 8),
        "cublasLtMatmulDescSetAttribute (bias)")
    }
    // A row-major matrix is the transpose of a column-major one, so the product is taken the other
    // way round.
    let (r, c, o) = (shape.rows, shape.inner, shape.columns)
    a = try layout(shape.rightIsTransposed ? (c, o) : (o, c))
    b = try layout((c, r))
    d = try layout((o, r))
  }

  deinit {
    let library = device.products
    _ = library.descriptionDestroy(description)
    for layout in [a, b, d] { _ = library.layoutDestroy(layout) }
  }

  private func layout(
    _ size: (rows: Int, columns: Int)
  ) throws(BackendError) -> CUBLASLt.Handle? {
    var layout: CUBLASLt.Handle?
    try device.products.check(
      device.products.layoutCreate(
        &layout, shape.precision.libraryType, UInt64(size.rows), UInt64(size.columns),
        Int64(size.rows)), "cublasLtMatrixLayoutCreate")
    return layout
  }

  /// Chooses the algorithm and returns what computes the product.
  func prepare(
    left: Address, right: Address, addend: Address?, result: Address
  ) throws(BackendError) -> CUDAProgram.Step {
    let workspace = (address: try device.workspace(), bytes: CUDADevice.workspaceBytes / 4)
    func step(_ algorithm: [UInt64]) -> CUDAProgram.Step {
      { [self] () throws(BackendError) in
        try device.products.multiply(
          description, shape.scale, a: (right, a), b: (left, b), addend == nil ? 0 : 1,
          c: addend ?? result, d: (result, d), algorithm: algorithm, workspace: workspace,
          stream: device.stream)
      }
    }
    if let known = device.knownProducts[shape] { return step(known) }
    let candidates = try device.products.algorithms(
      description, a, b, d, workspace: workspace.bytes, count: 6)
    var best: (algorithm: [UInt64], time: Double)?
    for candidate in candidates {
      let run = step(candidate)
      do throws(BackendError) {
        try run()
        let time = try device.time(repeats: 3, batch: 5, run)
        if time < best?.time ?? .infinity { best = (candidate, time) }
      } catch {
        device.trace?("product \(shape): \(error)")
      }
    }
    guard let best else {
      throw .device(call: "cuBLASLt", problem: "no algorithm for a product of \(shape)")
    }
    device.knownProducts[shape] = best.algorithm
    return step(best.algorithm)
  }
}

extension Precision {
  /// `cudaDataType`.
  fileprivate var libraryType: Int32 {
    switch self {
    case .float32: 0
    case .float16: 2
    case .bfloat16: 14
    }
  }
}
