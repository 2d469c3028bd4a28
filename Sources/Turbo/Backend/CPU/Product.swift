import COneDNN

/// A linear layer or a convolution, with its epilogues, as one oneDNN primitive over NHWC.
struct Product {
  let operation: Operation
  let sourceShape: [Int]
  let resultShape: [Int]
  let epilogues: [Epilogue]
  let precision: Precision

  /// Kind, weights and size of the result: what the time of a product depends on.
  var name: String {
    let kind = if case .convolution = operation { "convolution" } else { "linear" }
    let weights = operation.parameters[0].shape.map(String.init).joined(separator: "x")
    let result = resultShape.dropLast().map(String.init).joined(separator: "x")
    return "\(kind) \(weights) to \(result)"
  }

  private var type: dnnl_data_type_t { precision == .bfloat16 ? dnnl_bf16 : dnnl_f32 }

  /// Compiles for fixed addresses and packs the weights.
  func compile(
    _ context: DNNL.Context, _ checkpoint: Checkpoint, source: UnsafeMutableRawPointer,
    operands: [UnsafeMutableRawPointer], result: UnsafeMutableRawPointer
  ) throws -> CPUProgram.Step {
    let parameters = operation.parameters
    let weight = try checkpoint.tensor(parameters[0].key, shape: parameters[0].shape)
    let bias =
      parameters.count > 1
      ? try checkpoint.tensor(parameters[1].key, shape: parameters[1].shape) : nil
    let descriptors = try Descriptors(self)
    let primitive = try DNNL.withAttributes(
      epilogues,
      operand: { epilogue throws(BackendError) in
        try descriptors.operand(isVector: epilogue.isVector)
      },
      { attributes throws(BackendError) in
        try descriptors.primitive(context, hasBias: bias != nil, attributes)
      })

    let packed = try DNNL.Memory(
      context, primitive.descriptor(of: dnnl_query_weights_md), at: nil)
    let plain = weight.float32()
    try plain.withUnsafeBytes { bytes in
      let address = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
      try DNNL.reorder(
        context, DNNL.Memory(context, descriptors.plainWeight, at: address), to: packed)
    }

    var memories = [
      (DNNL_ARG_SRC, try DNNL.Memory(context, descriptors.source, at: source)),
      (DNNL_ARG_WEIGHTS, packed),
      (DNNL_ARG_DST, try DNNL.Memory(context, descriptors.result, at: result)),
    ]
    if let bias {
      let memory = try DNNL.Memory(context, descriptors.bias, at: nil)
      try memory.write(bias.float32())
      memories.append((DNNL_ARG_BIAS, memory))
    }
    var operands = operands[...]
    for (index, epilogue) in epilogues.enumerated() {
      if case .activation = epilogue { continue }
      let memory = try DNNL.Memory(
        context, descriptors.operand(isVector: epilogue.isVector), at: operands.popFirst())
      memories.append((DNNL.operandIndex(index), memory))
    }
    let arguments = memories.map(DNNL.argument)
    // The closure keeps the memories that own the packed weights alive.
    let owned = memories
    return { () throws(BackendError) in
      try withExtendedLifetime(owned) { () throws(BackendError) in
        try primitive.run(context, arguments)
      }
    }
  }

  /// Shapes and layouts as oneDNN wants them: [N, C, H, W] in nhwc order, or [R, C].
  private struct Descriptors {
    var source, result, plainWeight, bias: dnnl_memory_desc_t
    private var weight: dnnl_memory_desc_t
    private let resultDims: [Int]
    private let tag: dnnl_format_tag_t
    private let window: (stride: Int, padding: Int)?

    init(_ product: Product) throws(BackendError) {
      let (s, r) = (product.sourceShape, product.resultShape)
      switch product.operation {
      case .convolution(let w, _, let stride, let padding):
        tag = dnnl_nhwc
        window = (stride, padding)
        resultDims = [1, r[2], r[0], r[1]]
        source = try DNNL.descriptor([1, s[2], s[0], s[1]], product.type, tag)
        plainWeight = try DNNL.descriptor(w.shape, dnnl_f32, dnnl_oihw)
        weight = try DNNL.descriptor(w.shape, product.type, dnnl_format_tag_any)
        bias = try DNNL.descriptor([r[2]], dnnl_f32, dnnl_a)
      default:
        tag = dnnl_ab
        window = nil
        resultDims = [r.rowCount, r.channelCount]
        source = try DNNL.descriptor([s.rowCount, s.channelCount], product.type, tag)
        let dims = [s.channelCount, r.channelCount]
        plainWeight = try DNNL.descriptor(dims, dnnl_f32, dnnl_ba)
        weight = try DNNL.descriptor(dims, product.type, dnnl_format_tag_any)
        bias = try DNNL.descriptor([1, r.channelCount], dnnl_f32, dnnl_ab)
      }
      result = try DNNL.descriptor(resultDims, dnnl_f32, tag)
    }

    func operand(isVector: Bool) throws(BackendError) -> dnnl_memory_desc_t {
      guard isVector else { return result }
      let dims = resultDims.indices.map { $0 == 1 ? resultDims[1] : 1 }
      return try DNNL.descriptor(dims, dnnl_f32, tag)
    }

    func primitive(
      _ context: DNNL.Context, hasBias: Bool, _ attributes: dnnl_primitive_attr_t?
    ) throws(BackendError) -> DNNL.Primitive {
      var (source, weight, bias, result) = (self.source, self.weight, self.bias, self.result)
      var description: dnnl_primitive_desc_t?
      if let window {
        var operation = dnnl_convolution_desc_t()
        let strides = Array(repeating: dnnl_dim_t(window.stride), count: 2)
        let padding = Array(repeating: dnnl_dim_t(window.padding), count: 2)
        func describe(_ bias: UnsafePointer<dnnl_memory_desc_t>?) -> dnnl_status_t {
          dnnl_convolution_forward_desc_init(
            &operation, dnnl_forward_inference, dnnl_convolution_direct, &source, &weight, bias,
            &result, strides, padding, padding)
        }
        try DNNL.check(
          hasBias ? describe(&bias) : describe(nil), "dnnl_convolution_forward_desc_init")
        try DNNL.check(
          dnnl_primitive_desc_create(&description, &operation, attributes, context.engine, nil),
          "dnnl_primitive_desc_create (convolution)")
      } else {
        var operation = dnnl_matmul_desc_t()
        func describe(_ bias: UnsafePointer<dnnl_memory_desc_t>?) -> dnnl_status_t {
          dnnl_matmul_desc_init(&operation, &source, &weight, bias, &result)
        }
        try DNNL.check(hasBias ? describe(&bias) : describe(nil), "dnnl_matmul_desc_init")
        try DNNL.check(
          dnnl_primitive_desc_create(&description, &operation, attributes, context.engine, nil),
          "dnnl_primitive_desc_create (matmul)")
      }
      return try DNNL.Primitive(owning: description)
    }
  }
}

extension Epilogue {
  fileprivate var isVector: Bool {
    if case .addVector = self { true } else { false }
  }
}
