import CKernels
import COneDNN

/// Turns a graph into tasks over buffers, in the order in which they run.
struct Lowering {
  struct BufferID: Hashable {
    let index: Int
  }

  /// Where the buffers lie, once they are placed.
  struct Layout {
    let addresses: [UnsafeMutableRawPointer]

    func address(_ buffer: BufferID) -> UnsafeMutableRawPointer { addresses[buffer.index] }
    func floats(_ buffer: BufferID) -> UnsafeMutablePointer<Float> {
      addresses[buffer.index].assumingMemoryBound(to: Float.self)
    }
  }

  struct Task {
    var name: String
    var reads: [BufferID]
    /// Results and scratch.
    var writes: [BufferID]
    var build: (Layout) throws -> CPUProgram.Step
  }

  private(set) var tasks: [Task] = []
  /// Whether any product is oneDNN's.
  private(set) var usesLibrary = false
  private var bufferBytes: [Int] = []
  private var pinned: Set<BufferID> = []
  private var bufferOfValue: [Graph.Value: BufferID] = [:]
  private var narrowed: [BufferID: BufferID] = [:]

  let graph: Graph
  let checkpoint: Checkpoint
  let context: DNNL.Context
  let precision: Precision
  /// Whether our own kernel takes the products that it can. In bfloat16 oneDNN is ahead where
  /// matrices are large, so there it takes all or none.
  private let isDirect: Bool

  init(
    _ graph: Graph, _ checkpoint: Checkpoint, _ context: DNNL.Context, _ precision: Precision
  ) {
    self.graph = graph
    self.checkpoint = checkpoint
    self.context = context
    self.precision = precision
    let products = graph.nodes.map(\.operation).filter(\.isProduct)
    isDirect =
      precision == .float32 || products.allSatisfy { DirectConvolution.supports($0, precision) }
  }

  // MARK: Buffers

  private mutating func newBuffer(bytes: Int) -> BufferID {
    bufferBytes.append(bytes)
    return BufferID(index: bufferBytes.count - 1)
  }

  private mutating func newFloats(_ count: Int) -> BufferID {
    newBuffer(bytes: count * MemoryLayout<Float>.stride)
  }

  private mutating func newBuffer(for value: Graph.Value) -> BufferID {
    let buffer = newFloats(graph.shape(value).elementCount)
    bufferOfValue[value] = buffer
    return buffer
  }

  func buffer(of value: Graph.Value) -> BufferID {
    guard let buffer = bufferOfValue[graph.alias(value)] else {
      preconditionFailure("value \(value.index) is read before it is computed")
    }
    return buffer
  }

  /// Sizes and lives of all buffers. Inputs, outputs and parameters live throughout.
  func buffers() -> [MemoryPlan.Buffer] {
    MemoryPlan.buffers(
      bytes: bufferBytes, uses: tasks.map { ($0.reads + $0.writes).map(\.index) },
      pinned: Set(pinned.map(\.index)))
  }

  // MARK: Nodes

  mutating func lower() throws {
    let graph = self.graph
    let (precision, isDirect) = (precision, isDirect)
    let fusion = Fusion(
      graph, readsDoubled: { isDirect && DirectConvolution.supports($0, precision) })
    for index in graph.nodes.indices where !fusion.absorbed.contains(index) {
      if let group = fusion.groups[index] {
        lowerProduct(group)
      } else {
        try lower(Graph.Value(index: index))
      }
    }
    for value in graph.outputs.values { pinned.insert(buffer(of: value)) }
  }

  private mutating func lower(_ value: Graph.Value) throws {
    let node = graph[value]
    switch node.operation {
    case .reshape: break
    case .input:
      pinned.insert(newBuffer(for: value))
    case .parameter(let parameter):
      try lowerParameter(value, parameter)
    case .embedding(let table):
      try lowerEmbedding(value, table)
    case .linear, .convolution:
      break  // in fusion groups, all of them
    case .attention(let heads, let causal):
      lowerAttention(value, heads: heads, causal: causal)
    default:
      try lowerKernel(value, node)
    }
  }

  private mutating func append(
    _ name: String, reads: [BufferID], writes: [BufferID],
    _ build: @escaping (Layout) throws -> CPUProgram.Step
  ) {
    tasks.append(Task(name: name, reads: reads, writes: writes, build: build))
  }

  private mutating func lowerParameter(_ value: Graph.Value, _ parameter: Parameter) throws {
    let buffer = newBuffer(for: value)
    pinned.insert(buffer)
    let tensor = try checkpoint.tensor(parameter.key, shape: parameter.shape)
    append("parameter", reads: [], writes: [buffer]) { layout in
      tensor.copyFloat32(
        into: UnsafeMutableBufferPointer(start: layout.floats(buffer), count: tensor.count))
      return {}
    }
  }

  private mutating func lowerEmbedding(_ value: Graph.Value, _ parameter: Parameter) throws {
    let ids = buffer(of: graph[value].inputs[0])
    let output = newBuffer(for: value)
    let table = try checkpoint.tensor(parameter.key, shape: parameter.shape)
    let rows = graph.shape(value)[0]
    append("embedding", reads: [ids], writes: [output]) { layout in
      let (ids, y) = (layout.floats(ids), layout.floats(output))
      return { () throws(BackendError) in
        let channels = table.shape[1]
        for row in 0..<rows {
          let index = min(max(Int(ids[row]), 0), table.shape[0] - 1)
          table.copyFloat32(
            row: index,
            into: UnsafeMutableBufferPointer(start: y + row * channels, count: channels))
        }
      }
    }
  }

  private mutating func lowerAttention(_ value: Graph.Value, heads: Int, causal: Bool) {
    let inputs = graph[value].inputs
    let shape = Attention(
      queries: graph.shape(value).rowCount, keys: graph.shape(inputs[1]).rowCount,
      channels: graph.shape(value).channelCount, heads: heads, causal: causal)
    let reads = inputs.map { buffer(of: $0) }
    let output = newBuffer(for: value)
    let scratch = newFloats(shape.scratchCount)
    append("attention", reads: reads, writes: [output, scratch]) { layout in
      let p = reads.map { UnsafePointer(layout.floats($0)) }
      let (y, scores) = (layout.floats(output), layout.floats(scratch))
      return { () throws(BackendError) in
        shape.run(query: p[0], key: p[1], value: p[2], output: y, scores: scores)
      }
    }
  }

  /// A linear layer or convolution with all that is fused to it.
  private mutating func lowerProduct(_ group: Fusion.Group) {
    let root = graph.nodes[group.root]
    let sourceShape = graph.shape(group.source)
    var source = buffer(of: group.source)
    let operands = group.operands.map { buffer(of: $0) }
    let result = newBuffer(for: Graph.Value(index: group.last))
    let product = Product(
      operation: root.operation, sourceShape: sourceShape, resultShape: root.shape,
      epilogues: group.epilogues, precision: precision)
    let (context, checkpoint) = (self.context, self.checkpoint)

    if isDirect,
      let direct = DirectConvolution(
        root.operation, sourceShape: sourceShape, resultShape: root.shape,
        epilogues: group.epilogues, doubled: group.isDoubled, precision: precision)
    {
      let scratch = newFloats(direct.scratchCount)
      append(product.name, reads: [source] + operands, writes: [result, scratch]) { layout in
        try direct.compile(
          checkpoint, source: layout.floats(source),
          operands: operands.map { UnsafePointer(layout.floats($0)) },
          result: layout.floats(result), scratch: layout.floats(scratch))
      }
      return
    }
    usesLibrary = true
    if precision == .bfloat16 { source = narrow(source, count: sourceShape.elementCount) }
    append(product.name, reads: [source] + operands, writes: [result]) { [source] layout in
      try product.compile(
        context, checkpoint, source: layout.address(source),
        operands: operands.map(layout.address), result: layout.address(result))
    }
  }

  /// The same values in bf16, converted once however many products read them.
  private mutating func narrow(_ source: BufferID, count: Int) -> BufferID {
    if let known = narrowed[source] { return known }
    let result = newBuffer(bytes: count * 2)
    narrowed[source] = result
    append("to bf16", reads: [source], writes: [result]) { layout in
      let (x, y) = (layout.floats(source), layout.address(result))
      return { () throws(BackendError) in
        fabula_narrow_bf16(x, y.assumingMemoryBound(to: UInt16.self), count)
      }
    }
    return result
  }

  /// An operation that is one call of a kernel.
  private mutating func lowerKernel(_ value: Graph.Value, _ node: Graph.Node) throws {
    let reads = node.inputs.map { buffer(of: $0) }
    let output = newBuffer(for: value)
    var kernel = Kernel(node: node, inputShapes: node.inputs.map(graph.shape))
    try kernel.load(checkpoint)
    var writes = [output]
    if kernel.scratchCount > 0 { writes.append(newFloats(kernel.scratchCount)) }
    append(kernel.name, reads: reads, writes: writes) { [kernel, writes] layout in
      let p = reads.map { UnsafePointer(layout.floats($0)) }
      let y = layout.floats(writes[0])
      let scratch = writes.count > 1 ? layout.floats(writes[1]) : nil
      return { () throws(BackendError) in kernel.run(p, y, scratch) }
    }
  }
}
