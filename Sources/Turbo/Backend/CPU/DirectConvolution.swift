import CKernels

/// A convolution or linear layer by our own kernel: faster than oneDNN's where channels are few, and
/// able to read a doubled picture without its ever being written.
struct DirectConvolution {
  private let shape: fabula_convolution
  private let weight: Parameter
  private let bias: Parameter?
  /// Which operand each epilogue adds.
  private let vectorIndex: Int?
  private let addendIndex: Int?
  private let activation: Activation

  /// Weights an output channel, above which those of a block of channels no longer stay in the
  /// second-level cache.
  private static let weightLimit = 9 * 512

  /// Floats of a vector of the kernel; 0 where this processor does not run it.
  private static func lanes(_ precision: Precision) -> Int32 {
    fabula_convolution_lanes(precision == .bfloat16 ? 1 : 0)
  }

  /// Whether the kernel may take a product.
  static func supports(_ operation: Operation, _ precision: Precision) -> Bool {
    guard operation.isProduct, let weight = operation.parameters.first else { return false }
    return lanes(precision) > 0
      && weight.shape.dropFirst().reduce(1, *) <= weightLimit
  }

  /// Nil where the kernel cannot do it.
  ///
  /// - Parameter doubled: whether `sourceShape` is doubled before it is convolved.
  init?(
    _ operation: Operation, sourceShape: [Int], resultShape: [Int],
    epilogues: [Epilogue], doubled: Bool, precision: Precision
  ) {
    guard Self.supports(operation, precision) else { return nil }
    let grid: [Int]
    let (kernel, stride): (Int, Int)
    switch operation {
    case .linear(let weight, let bias):
      (self.weight, self.bias) = (weight, bias)
      (kernel, stride) = (1, 1)
      grid = Self.grid(rows: sourceShape.rowCount)
    case .convolution(let weight, let bias, let step, let padding):
      guard padding == weight.shape[3] / 2 else { return nil }
      (self.weight, self.bias) = (weight, bias)
      (kernel, stride) = (weight.shape[3], step)
      grid = [sourceShape[0], sourceShape[1]]
    default: return nil
    }
    // The kernel adds a vector, then a matrix, then applies one function.
    var (vector, addend, operands) = (Int?.none, Int?.none, 0)
    var activation = Activation.identity
    for epilogue in epilogues {
      guard activation == .identity else { return nil }
      switch epilogue {
      case .addVector where vector == nil:
        vector = operands
        operands += 1
      case .add where addend == nil:
        addend = operands
        operands += 1
      case .activation(let function) where [.relu, .silu].contains(function):
        activation = function
      default: return nil
      }
    }
    var shape = fabula_convolution(
      height: grid[0], width: grid[1], channels: sourceShape.channelCount,
      out_channels: resultShape.channelCount, kernel: kernel, stride: stride,
      doubled: doubled ? 1 : 0, bf16: precision == .bfloat16 ? 1 : 0,
      lanes: Self.lanes(precision), tiled: 0)
    shape.tiled = fabula_convolution_gains_by_tiles(&shape)
    self.shape = shape
    (vectorIndex, addendIndex, self.activation) = (vector, addend, activation)
  }

  /// Rows of a matrix as a picture, which can be cut into bands.
  private static func grid(rows: Int) -> [Int] {
    let width = [32, 24, 16, 12].first { rows.isMultiple(of: $0) && rows > $0 } ?? rows
    return [rows / width, width]
  }

  /// Floats of scratch memory that all threads need.
  var scratchCount: Int {
    withUnsafePointer(to: shape) {
      fabula_convolution_scratch_count($0) * Int(fabula_thread_count())
    }
  }

  /// Packs the weights and binds the addresses.
  func compile(
    _ checkpoint: Checkpoint, source: UnsafePointer<Float>, operands: [UnsafePointer<Float>],
    result: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) throws -> CPUProgram.Step {
    let shape = self.shape
    let plain = try checkpoint.tensor(weight.key, shape: weight.shape).float32()
    let packed = withUnsafePointer(to: shape) { shape in
      let count = fabula_convolution_packed_count(shape)
      return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
        fabula_convolution_pack(shape, plain, buffer.baseAddress)
        initialized = count
      }
    }
    let bias = try self.bias.map { try checkpoint.tensor($0.key, shape: $0.shape).float32() }
    let vector = vectorIndex.map { operands[$0] }
    let addend = addendIndex.map { operands[$0] }
    let (relu, silu): (Int32, Int32) = (activation == .relu ? 1 : 0, activation == .silu ? 1 : 0)
    func run(_ bias: UnsafePointer<Float>?) {
      withUnsafePointer(to: shape) { shape in
        var epilogue = fabula_convolution_epilogue(
          bias: bias, vector: vector, addend: addend, relu: relu, silu: silu)
        fabula_convolve(shape, source, packed, &epilogue, result, scratch)
      }
    }
    return { () throws(BackendError) in
      if let bias { bias.withUnsafeBufferPointer { run($0.baseAddress) } } else { run(nil) }
    }
  }
}
