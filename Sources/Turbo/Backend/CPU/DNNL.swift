import COneDNN

/// Owners of oneDNN's handles (oneDNN 2.x C API): each frees its handle once.
enum DNNL {
  static func check(_ status: dnnl_status_t, _ call: String) throws(BackendError) {
    guard status == dnnl_success else {
      throw .native(call: call, status: Int(status.rawValue))
    }
  }

  /// A processor and a queue of work on it. CPU streams run each primitive before they return.
  final class Context {
    let engine: dnnl_engine_t
    let stream: dnnl_stream_t

    init() throws(BackendError) {
      var engine: dnnl_engine_t?
      try DNNL.check(dnnl_engine_create(&engine, dnnl_cpu, 0), "dnnl_engine_create")
      var stream: dnnl_stream_t?
      try DNNL.check(
        dnnl_stream_create(&stream, engine, UInt32(dnnl_stream_default_flags.rawValue)),
        "dnnl_stream_create")
      guard let engine, let stream else { throw .native(call: "dnnl_stream_create", status: -1) }
      self.engine = engine
      self.stream = stream
    }

    deinit {
      dnnl_stream_destroy(stream)
      dnnl_engine_destroy(engine)
    }
  }

  /// A description of memory at an address that somebody else owns, or with its own buffer.
  final class Memory {
    let handle: dnnl_memory_t
    let descriptor: dnnl_memory_desc_t

    init(
      _ context: Context, _ descriptor: dnnl_memory_desc_t, at address: UnsafeMutableRawPointer?
    ) throws(BackendError) {
      var handle: dnnl_memory_t?
      var copy = descriptor
      try DNNL.check(
        dnnl_memory_create(
          &handle, &copy, context.engine, address ?? fabula_dnnl_memory_allocate()),
        "dnnl_memory_create")
      guard let handle else { throw .native(call: "dnnl_memory_create", status: -1) }
      self.handle = handle
      self.descriptor = descriptor
    }

    deinit { dnnl_memory_destroy(handle) }

    /// Fills the memory, which must hold exactly these floats.
    func write(_ values: [Float]) throws(BackendError) {
      var address: UnsafeMutableRawPointer?
      try DNNL.check(dnnl_memory_get_data_handle(handle, &address), "dnnl_memory_get_data_handle")
      values.withUnsafeBytes { bytes in
        guard let from = bytes.baseAddress else { return }
        address?.copyMemory(from: from, byteCount: bytes.count)
      }
    }
  }

  static func descriptor(
    _ shape: [Int], _ type: dnnl_data_type_t, _ tag: dnnl_format_tag_t
  ) throws(BackendError) -> dnnl_memory_desc_t {
    var result = dnnl_memory_desc_t()
    let dims = shape.map { dnnl_dim_t($0) }
    try check(
      dnnl_memory_desc_init_by_tag(&result, Int32(dims.count), dims, type, tag),
      "dnnl_memory_desc_init_by_tag")
    return result
  }

  /// Copies `source` into `destination` in the latter's layout and type.
  static func reorder(
    _ context: Context, _ source: Memory, to destination: Memory
  ) throws(BackendError) {
    var from = source.descriptor
    var to = destination.descriptor
    var description: dnnl_primitive_desc_t?
    try check(
      dnnl_reorder_primitive_desc_create(
        &description, &from, context.engine, &to, context.engine, nil),
      "dnnl_reorder_primitive_desc_create")
    let primitive = try Primitive(owning: description)
    try primitive.run(
      context, [argument(DNNL_ARG_FROM, source), argument(DNNL_ARG_TO, destination)])
  }

  static func argument(_ index: Int32, _ memory: Memory) -> dnnl_exec_arg_t {
    dnnl_exec_arg_t(arg: index, memory: memory.handle)
  }

  /// A compiled operation.
  final class Primitive {
    private let handle: dnnl_primitive_t
    private let description: dnnl_primitive_desc_t

    init(owning description: dnnl_primitive_desc_t?) throws(BackendError) {
      guard let description else { throw .native(call: "primitive_desc", status: -1) }
      var handle: dnnl_primitive_t?
      let status = dnnl_primitive_create(&handle, description)
      guard status == dnnl_success, let handle else {
        dnnl_primitive_desc_destroy(description)
        throw .native(call: "dnnl_primitive_create", status: Int(status.rawValue))
      }
      self.handle = handle
      self.description = description
    }

    deinit {
      dnnl_primitive_destroy(handle)
      dnnl_primitive_desc_destroy(description)
    }

    /// The layout that the implementation wants for one of its arguments.
    func descriptor(of query: dnnl_query_t) throws(BackendError) -> dnnl_memory_desc_t {
      guard let result = dnnl_primitive_desc_query_md(description, query, 0) else {
        throw .native(call: "dnnl_primitive_desc_query_md", status: -1)
      }
      return result.pointee
    }

    func run(_ context: Context, _ arguments: [dnnl_exec_arg_t]) throws(BackendError) {
      try DNNL.check(
        dnnl_primitive_execute(handle, context.stream, Int32(arguments.count), arguments),
        "dnnl_primitive_execute")
    }
  }

  /// Attributes that append `epilogues`; `operand(i)` describes what epilogue `i` adds.
  static func withAttributes<R>(
    _ epilogues: [Epilogue], operand: (Epilogue) throws(BackendError) -> dnnl_memory_desc_t,
    _ body: (dnnl_primitive_attr_t?) throws(BackendError) -> R
  ) throws(BackendError) -> R {
    var attributes: dnnl_primitive_attr_t?
    try check(dnnl_primitive_attr_create(&attributes), "dnnl_primitive_attr_create")
    defer { dnnl_primitive_attr_destroy(attributes) }
    var list: dnnl_post_ops_t?
    try check(dnnl_post_ops_create(&list), "dnnl_post_ops_create")
    defer { dnnl_post_ops_destroy(list) }
    for epilogue in epilogues {
      switch epilogue {
      case .activation(let activation):
        guard let (kind, alpha) = activation.dnnl else { continue }
        try check(
          dnnl_post_ops_append_eltwise(list, 1, kind, alpha, 0), "dnnl_post_ops_append_eltwise")
      case .add, .addVector:
        var descriptor = try operand(epilogue)
        try check(
          dnnl_post_ops_append_binary(list, dnnl_binary_add, &descriptor),
          "dnnl_post_ops_append_binary")
      }
    }
    try check(
      dnnl_primitive_attr_set_post_ops(attributes, list), "dnnl_primitive_attr_set_post_ops")
    return try body(attributes)
  }

  /// DNNL_ARG_ATTR_MULTIPLE_POST_OP(index) | DNNL_ARG_SRC_1, a macro that Swift cannot import.
  static func operandIndex(_ index: Int) -> Int32 {
    DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * Int32(index + 1) | DNNL_ARG_SRC_1
  }
}

extension Activation {
  fileprivate var dnnl: (dnnl_alg_kind_t, Float)? {
    switch self {
    case .identity: nil
    case .relu: (dnnl_eltwise_relu, 0)
    case .silu: (dnnl_eltwise_swish, 1)
    case .gelu: (dnnl_eltwise_gelu_erf, 0)
    case .quickGELU: (dnnl_eltwise_swish, 1.702)
    case .tanh: (dnnl_eltwise_tanh, 0)
    }
  }
}
