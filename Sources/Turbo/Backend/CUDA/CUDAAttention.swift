import Glibc

/// Multi-head attention on a GPU: on the matrix units where heads have a width that they take, by
/// whole matrices where there is one wide head, by the definition otherwise.
struct CUDAAttention {
  typealias Address = CUDADriver.Address

  let queries: Int
  let keys: Int
  let channels: Int
  let heads: Int
  let causal: Bool
  let precision: Precision

  private enum Method {
    case flash, whole, plain
  }

  private var width: Int { channels / heads }
  private var scale: Float { 1 / sqrtf(Float(width)) }

  private var method: Method {
    if precision != .float32, [16, 32, 64, 128].contains(width) { return .flash }
    return heads == 1 && !causal && width.isMultiple(of: 8) ? .whole : .plain
  }

  /// Whether rows of queries, keys and values may lie further apart than they are wide.
  var takesStrides: Bool { method != .whole }

  /// Values of scratch for scores.
  var scoreCount: Int { method == .whole ? queries * keys : 0 }

  func prepare(
    _ device: CUDADevice, query: Address, key: Address, value: Address, result: Address,
    scores: Address, strides: (query: Int, key: Int)
  ) throws(BackendError) -> [CUDAProgram.Step] {
    switch method {
    case .whole:
      try prepareWhole(device, query, key, value, result, scores)
    case .flash, .plain:
      [try launch(query, key, value, result, strides).prepare(device, precision)]
    }
  }

  private func launch(
    _ query: Address, _ key: Address, _ value: Address, _ result: Address,
    _ strides: (query: Int, key: Int)
  ) -> Launch {
    let tensors = [query, key, value, result].map(Launch.Argument.address)
    if method == .flash {
      return Launch(
        kernel: "attend\(width)", grid: ((queries + 63) / 64, heads), block: (128, 1),
        arguments: tensors + [
          .int(queries), .int(keys), .int(strides.query), .int(strides.key), .int(channels),
          .float(scale), .int(causal ? 1 : 0),
        ])
    }
    return Launch(
      kernel: "attend_plainly", grid: (queries, heads), block: (128, 1),
      sharedBytes: keys * MemoryLayout<Float>.stride,
      arguments: tensors + [
        .int(keys), .int(strides.query), .int(strides.key), .int(channels), .int(width),
        .float(scale), .int(causal ? 1 : 0),
      ])
  }

  private func prepareWhole(
    _ device: CUDADevice, _ query: Address, _ key: Address, _ value: Address, _ result: Address,
    _ scores: Address
  ) throws(BackendError) -> [CUDAProgram.Step] {
    let first = MatrixProduct.Shape(
      rows: queries, inner: width, columns: keys, scale: scale, precision: precision)
    let second = MatrixProduct.Shape(
      rows: queries, inner: keys, columns: width, rightIsTransposed: false, precision: precision)
    let softmax = Launch(
      kernel: "softmax_rows", grid: (queries, 1), block: (256, 1),
      arguments: [.address(scores), .int(keys)])
    return [
      try MatrixProduct(device, first, bias: nil).prepare(
        left: query, right: key, addend: nil, result: scores),
      try softmax.prepare(device, precision),
      try MatrixProduct(device, second, bias: nil).prepare(
        left: scores, right: value, addend: nil, result: result),
    ]
  }
}
