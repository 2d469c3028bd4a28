/// Turns a graph into tasks over buffers of a GPU, in the order in which they run. Needs no GPU:
/// only building the tasks does.
struct CUDALowering {
  typealias Address = CUDADriver.Address

  struct BufferID: Hashable {
    let index: Int
  }

  struct WeightID: Hashable {
    let index: Int
  }

  /// Where a task finds a value.
  enum Place: Hashable {
    case buffer(BufferID)
    case weight(WeightID)
  }

  /// Where everything lies, once it is placed.
  struct Layout {
    let buffers: [Address]
    let weights: [Address]

    func address(_ place: Place) -> Address {
      switch place {
      case .buffer(let id): buffers[id.index]
      case .weight(let id): weights[id.index]
      }
    }
  }

  /// A tensor of the checkpoint, kept on the GPU; a convolution's with channels innermost.
  struct Weight {
    let tensor: Tensor
    /// [O, C, taps] becomes [O, taps, C].
    let taps: Int
    let precision: Precision

    var bytes: Int { tensor.count * precision.deviceSize }
  }

  struct Task {
    var name: String
    var reads: [BufferID]
    /// Results and scratch.
    var writes: [BufferID]
    var build: (CUDADevice, Layout) throws(BackendError) -> [CUDAProgram.Step]
  }

  /// Tasks that depend on no input that changes with each frame; they run when theirs change.
  private(set) var preparation: [Task] = []
  private(set) var tasks: [Task] = []
  private(set) var weights: [Weight] = []
  /// Buffers with the floats that the host gives and takes.
  private(set) var inputs: [String: BufferID] = [:]
  private(set) var outputs: [String: BufferID] = [:]

  private var bufferBytes: [Int] = []
  private var pinned: Set<BufferID> = []
  private var placeOfValue: [Graph.Value: Place] = [:]
  private var floatInputs: Set<Graph.Value> = []
  private var converted: [Graph.Value: BufferID] = [:]
  private var weightOfKey: [String: WeightID] = [:]
  /// Where in a row of a joined product a value begins, and how far its rows are apart.
  private var slices: [Graph.Value: (offset: Int, stride: Int)] = [:]

  let graph: Graph
  let checkpoint: Checkpoint
  let precision: Precision
  let processors: Int

  /// The input that changes with each frame, if a program has it.
  static let varyingInput = "latents"
  /// What CUDA's allocations are aligned to, and its libraries like.
  static let alignment = 256

  init(_ graph: Graph, _ checkpoint: Checkpoint, _ precision: Precision, processors: Int) {
    self.graph = graph
    self.checkpoint = checkpoint
    self.precision = precision
    self.processors = processors
  }

  mutating func lower() throws {
    let graph = self.graph
    let fusion = Fusion(
      graph, alias: { Lowering.alias($0, in: graph) }, readsDoubled: { _ in false })
    let joins = JoinedProducts(graph, fusion, precision)
    for index in graph.nodes.indices where !fusion.absorbed.contains(index) {
      if let members = joins.members[index] {
        if members[0] == index { try lowerJoined(members) }
      } else if let group = fusion.groups[index] {
        try lowerProduct(group)
      } else {
        try lower(Graph.Value(index: index))
      }
    }
    for (name, value) in graph.outputs {
      let buffer = floats(of: value)
      pinned.insert(buffer)
      outputs[name] = buffer
    }
    separatePreparation()
  }

  /// Sizes and lives of all buffers, the preparation's steps first.
  func buffers() -> [MemoryPlan.Buffer] {
    let steps = preparation + tasks
    let end = max(steps.count - 1, 0)
    var first = Array(repeating: end, count: bufferBytes.count)
    var last = Array(repeating: 0, count: bufferBytes.count)
    for (step, task) in steps.enumerated() {
      for buffer in task.reads + task.writes {
        first[buffer.index] = min(first[buffer.index], step)
        last[buffer.index] = max(last[buffer.index], step)
      }
    }
    return bufferBytes.indices.map { index in
      let isPinned = pinned.contains(BufferID(index: index)) || first[index] > last[index]
      return .init(
        bytes: Self.aligned(bufferBytes[index]),
        life: isPinned ? 0...end : first[index]...last[index])
    }
  }

  static func aligned(_ bytes: Int) -> Int {
    (max(bytes, 1) + alignment - 1) / alignment * alignment
  }

  /// Moves what no varying input reaches to the preparation. What the rest reads of it must stay.
  private mutating func separatePreparation() {
    guard let varying = inputs[Self.varyingInput] else { return }
    var reached: Set<BufferID> = [varying]
    var rest: [Task] = []
    for task in tasks {
      if task.reads.contains(where: reached.contains) {
        reached.formUnion(task.writes)
        rest.append(task)
      } else {
        preparation.append(task)
      }
    }
    let prepared = Set(preparation.flatMap(\.writes))
    for buffer in rest.flatMap(\.reads) where prepared.contains(buffer) { pinned.insert(buffer) }
    tasks = rest
  }
}

// MARK: - Places

extension CUDALowering {
  private mutating func newBuffer(bytes: Int) -> BufferID {
    bufferBytes.append(bytes)
    return BufferID(index: bufferBytes.count - 1)
  }

  private mutating func newReals(_ count: Int) -> BufferID {
    newBuffer(bytes: count * precision.deviceSize)
  }

  private mutating func newBuffer(for value: Graph.Value) -> BufferID {
    let buffer = newReals(graph.shape(value).elementCount)
    placeOfValue[value] = .buffer(buffer)
    return buffer
  }

  private mutating func weight(_ parameter: Parameter, taps: Int = 1) throws -> WeightID {
    if let known = weightOfKey[parameter.key] { return known }
    let tensor = try checkpoint.tensor(parameter.key, shape: parameter.shape)
    weights.append(Weight(tensor: tensor, taps: taps, precision: precision))
    let id = WeightID(index: weights.count - 1)
    weightOfKey[parameter.key] = id
    return id
  }

  private func place(_ value: Graph.Value) -> Place {
    guard let place = placeOfValue[value] else {
      preconditionFailure("value \(value.index) is read before it is computed")
    }
    return place
  }

  /// A value in the program's type.
  private mutating func reals(of value: Graph.Value) -> Place {
    let value = Lowering.alias(value, in: graph)
    guard floatInputs.contains(value), precision != .float32 else { return place(value) }
    if let known = converted[value] { return .buffer(known) }
    let result = newReals(graph.shape(value).elementCount)
    converted[value] = result
    convert(value, to: result, "narrow_floats")
    return .buffer(result)
  }

  /// A value in float32.
  private mutating func floats(of value: Graph.Value) -> BufferID {
    let value = Lowering.alias(value, in: graph)
    if floatInputs.contains(value), case .buffer(let buffer) = place(value) { return buffer }
    let result = newBuffer(bytes: graph.shape(value).elementCount * 4)
    convert(value, to: result, "widen_reals")
    return result
  }

  private mutating func convert(_ value: Graph.Value, to result: BufferID, _ kernel: String) {
    let source = place(value)
    let count = graph.shape(value).elementCount
    launch("convert", reads: [source], writes: [result]) { device, at in
      Launch.over(
        count, kernel, device,
        [.address(at.address(source)), .address(at.buffers[result.index]), .long(count)])
    }
  }

  // MARK: Tasks

  private mutating func append(
    _ name: String, reads: [Place], writes: [BufferID],
    _ build: @escaping (CUDADevice, Layout) throws(BackendError) -> [CUDAProgram.Step]
  ) {
    let buffers = reads.compactMap { if case .buffer(let id) = $0 { id } else { nil } }
    tasks.append(Task(name: name, reads: buffers, writes: writes, build: build))
  }

  private mutating func launch(
    _ name: String, reads: [Place], writes: [BufferID],
    _ build: @escaping (CUDADevice, Layout) -> Launch
  ) {
    let precision = precision
    append(name, reads: reads, writes: writes) { (device, at) throws(BackendError) in
      [try build(device, at).prepare(device, precision)]
    }
  }
}

// MARK: - Products

extension CUDALowering {
  /// Sums and a function in one pass over a product's result.
  private struct Stage {
    var vector, addend: Place?
    var activation = Activation.identity
  }

  /// The group's epilogues, as few passes as they can be done in.
  private mutating func stages(_ group: Fusion.Group) -> [Stage] {
    var stages = [Stage()]
    var operands = group.operands[...]
    for epilogue in group.epilogues {
      let last = stages[stages.count - 1]
      let isTaken =
        switch epilogue {
        case .activation: false
        case .add: last.addend != nil
        case .addVector: last.vector != nil
        }
      if isTaken || last.activation != .identity { stages.append(Stage()) }
      switch epilogue {
      case .activation(let activation): stages[stages.count - 1].activation = activation
      case .add: stages[stages.count - 1].addend = operands.popFirst().map { reals(of: $0) }
      case .addVector: stages[stages.count - 1].vector = operands.popFirst().map { reals(of: $0) }
      }
    }
    return stages
  }

  private mutating func lowerProduct(_ group: Fusion.Group) throws {
    let operation = graph.nodes[group.root].operation
    let source = reals(of: group.source)
    let stages = stages(group)
    let first = stages[0]
    let shape = graph.nodes[group.root].shape
    // The result has the shape of the last node, of the same count.
    let result = newBuffer(for: Lowering.alias(Graph.Value(index: group.last), in: graph))
    switch operation {
    case .convolution(let weight, let bias, let stride, let padding):
      try lowerConvolution(
        source, graph.shape(group.source), weight, bias, stride, padding, first, result, shape)
    case .linear(let weight, let bias):
      try lowerLinear(source, weight, bias, first, result, shape)
    default: preconditionFailure("\(operation) is no product")
    }
    var rest = stages
    // A product has taken the addend; the vector only a convolution has, with its bias.
    rest[0].addend = nil
    if case .convolution = operation { rest[0].vector = nil }
    for stage in rest
    where stage.activation != .identity || stage.vector != nil || stage.addend != nil {
      lowerStage(stage, result, shape)
    }
  }

  private mutating func lowerStage(_ stage: Stage, _ result: BufferID, _ shape: [Int]) {
    let reads = [.buffer(result)] + [stage.vector, stage.addend].compactMap { $0 }
    launch("epilogue", reads: reads, writes: [result]) { device, at in
      let address = at.buffers[result.index]
      return Elementwise.combine(
        address, vector: stage.vector.map(at.address), addend: stage.addend.map(at.address),
        to: address, shape: shape, stage.activation, device)
    }
  }

  private mutating func lowerLinear(
    _ source: Place, _ weight: Parameter, _ bias: Parameter?, _ stage: Stage, _ result: BufferID,
    _ shape: [Int]
  ) throws {
    let (weightID, biasID) = (try self.weight(weight), try bias.map { try self.weight($0) })
    let product = MatrixProduct.Shape(
      rows: shape.rowCount, inner: weight.shape[1], columns: weight.shape[0],
      precision: precision, hasBias: bias != nil, hasAddend: stage.addend != nil)
    let name = "linear \(product.columns)x\(product.inner) to \(product.rows)"
    let reads = [source] + (stage.addend.map { [$0] } ?? [])
    append(name, reads: reads, writes: [result]) { (device, at) throws(BackendError) in
      try LinearLayer(shape: product, device: device).prepare(
        .init(
          source: at.address(source), weight: at.address(.weight(weightID)),
          result: at.buffers[result.index], bias: biasID.map { at.address(.weight($0)) },
          addend: stage.addend.map(at.address)))
    }
  }

  /// Several linear layers of one source as one product, their results side by side.
  private mutating func lowerJoined(_ members: [Int]) throws {
    let source = reals(of: graph.nodes[members[0]].inputs[0])
    let rows = graph.nodes[members[0]].shape.rowCount
    // In this order their weights lie one behind the other, as those of one layer would.
    let parameters = members.map { graph.nodes[$0].operation.parameters }
    let weights = try parameters.map { try weight($0[0]) }
    let biases = try parameters.flatMap { $0.dropFirst() }.map { try weight($0) }
    let columns = parameters.map { $0[0].shape[0] }.reduce(0, +)
    let result = newReals(rows * columns)
    var offset = 0
    for member in members {
      let value = Graph.Value(index: member)
      placeOfValue[value] = .buffer(result)
      slices[value] = (offset, columns)
      offset += graph.shape(value).channelCount
    }
    let product = MatrixProduct.Shape(
      rows: rows, inner: parameters[0][0].shape[1], columns: columns, precision: precision,
      hasBias: !biases.isEmpty)
    append(
      "linear \(columns)x\(product.inner) to \(rows)", reads: [source], writes: [result]
    ) { (device, at) throws(BackendError) in
      try LinearLayer(shape: product, device: device).prepare(
        .init(
          source: at.address(source), weight: at.address(.weight(weights[0])),
          result: at.buffers[result.index], bias: biases.first.map { at.address(.weight($0)) }))
    }
  }

  private mutating func lowerConvolution(
    _ source: Place, _ sourceShape: [Int], _ weight: Parameter, _ bias: Parameter?, _ stride: Int,
    _ padding: Int, _ stage: Stage, _ result: BufferID, _ shape: [Int]
  ) throws {
    let kernel = weight.shape[3]
    let weightID = try self.weight(weight, taps: kernel * kernel)
    let biasPlace = try bias.map { Place.weight(try self.weight($0)) }
    let convolution = ConvolutionPlan.Shape(
      source: sourceShape, result: shape, kernel: kernel, stride: stride, padding: padding,
      precision: precision)
    var vector = biasPlace ?? stage.vector
    if let bias = biasPlace, let added = stage.vector {
      // One vector for the convolution to add: the bias and what the group adds.
      let sum = newReals(shape.channelCount)
      launch("epilogue", reads: [added], writes: [sum]) { device, at in
        Elementwise.combine(
          at.address(added), bias: at.address(bias), to: at.buffers[sum.index],
          shape: [1, shape.channelCount], .identity, device)
      }
      vector = .buffer(sum)
    }
    let size = weight.shape.map(String.init).joined(separator: "x")
    let name = "convolution \(size) to \(shape[0])x\(shape[1])"
    let reads = [source] + [vector, stage.addend].compactMap { $0 }
    append(name, reads: reads, writes: [result]) { [vector] (device, at) throws(BackendError) in
      try CUDAConvolution(shape: convolution, device: device).prepare(
        .init(
          source: at.address(source), weight: at.address(.weight(weightID)),
          result: at.buffers[result.index], bias: vector.map(at.address),
          addend: stage.addend.map(at.address)))
    }
  }
}

// MARK: - Everything else

extension CUDALowering {
  private mutating func lower(_ value: Graph.Value) throws {
    let node = graph[value]
    switch node.operation {
    case .reshape: break
    case .input(let name):
      let buffer = newBuffer(bytes: node.shape.elementCount * 4)
      placeOfValue[value] = .buffer(buffer)
      floatInputs.insert(value)
      pinned.insert(buffer)
      inputs[name] = buffer
    case .parameter(let parameter):
      placeOfValue[value] = .weight(try weight(parameter))
    case .embedding(let table):
      let rows = Place.weight(try weight(table))
      lowerPick(value, rows, count: table.shape[0], numbers: node.inputs[0])
    case .pickRows:
      let rows = reals(of: node.inputs[0])
      lowerPick(value, rows, count: graph.shape(node.inputs[0]).rowCount, numbers: node.inputs[1])
    case .linear, .convolution: break  // in fusion groups, all of them
    case .groupNorm(let scale, let shift, let groups, let epsilon, let activation):
      try lowerGroupNorm(value, scale, shift, groups, epsilon, activation)
    case .layerNorm(let scale, let shift, let epsilon):
      try lowerLayerNorm(value, scale, shift, epsilon)
    case .activation(let activation):
      lowerCombine(value, node.inputs[0], other: nil, activation)
    case .add:
      lowerCombine(value, node.inputs[0], other: node.inputs[1], .identity)
    case .affine(let scale, let offset): lowerAffine(value, scale, offset)
    case .gatedGELU: lowerGatedGELU(value)
    case .attention(let heads, let causal):
      lowerAttention(value, heads: heads, causal: causal)
    case .upsample: lowerUpsample(value)
    case .concatenate: lowerConcatenate(value)
    case .sinusoid(let cosineFirst, let shift): lowerSinusoid(value, cosineFirst, shift)
    }
  }

  private mutating func lowerPick(
    _ value: Graph.Value, _ rows: Place, count: Int, numbers: Graph.Value
  ) {
    let shape = graph.shape(value)
    let numbers = floats(of: numbers)
    let result = newBuffer(for: value)
    launch("pick rows", reads: [rows, .buffer(numbers)], writes: [result]) { device, at in
      Launch.over(
        shape.elementCount, "pick_rows", device,
        [
          .address(at.address(rows)), .address(at.buffers[numbers.index]),
          .address(at.buffers[result.index]), .long(shape.elementCount),
          .int(shape.channelCount), .int(count),
        ])
    }
  }

  private mutating func lowerGroupNorm(
    _ value: Graph.Value, _ scale: Parameter, _ shift: Parameter, _ groups: Int, _ epsilon: Float,
    _ activation: Activation
  ) throws {
    let source = reals(of: graph[value].inputs[0])
    let (scaleID, shiftID) = (try weight(scale), try weight(shift))
    let norm = GroupNormPlan(
      rows: graph.shape(value).rowCount, channels: graph.shape(value).channelCount,
      groups: groups, epsilon: epsilon, activation: activation, processors: processors)
    let result = newBuffer(for: value)
    let parts = newBuffer(bytes: norm.partCount * 4)
    let factors = newBuffer(bytes: norm.factorCount * 4)
    let precision = precision
    append("group norm", reads: [source], writes: [result, parts, factors]) {
      (device, at) throws(BackendError) in
      var steps: [CUDAProgram.Step] = []
      for launch in norm.launches(
        device, source: at.address(source), scale: at.address(.weight(scaleID)),
        shift: at.address(.weight(shiftID)), parts: at.buffers[parts.index],
        factors: at.buffers[factors.index], result: at.buffers[result.index])
      {
        steps.append(try launch.prepare(device, precision))
      }
      return steps
    }
  }

  private mutating func lowerLayerNorm(
    _ value: Graph.Value, _ scale: Parameter, _ shift: Parameter, _ epsilon: Float
  ) throws {
    let source = reals(of: graph[value].inputs[0])
    let (scaleID, shiftID) = (try weight(scale), try weight(shift))
    let shape = graph.shape(value)
    let result = newBuffer(for: value)
    launch("layer norm", reads: [source], writes: [result]) { _, at in
      let n = Elementwise.width(shape.channelCount)
      let packs = shape.channelCount / n
      return Launch(
        kernel: "layer_norm\(n)", grid: (shape.rowCount, 1),
        block: (packs > 128 ? 256 : packs > 64 ? 128 : 64, 1),
        arguments: [
          .address(at.address(source)), .address(at.buffers[result.index]),
          .address(at.address(.weight(scaleID))), .address(at.address(.weight(shiftID))),
          .int(packs), .float(epsilon),
        ])
    }
  }

  /// y = f(x + other), the other a picture or a vector.
  private mutating func lowerCombine(
    _ value: Graph.Value, _ input: Graph.Value, other: Graph.Value?, _ activation: Activation
  ) {
    let shape = graph.shape(value)
    let isVector =
      other.map {
        graph.shape($0).elementCount == shape.channelCount && shape.rowCount > 1
      } ?? false
    let (source, added) = (reals(of: input), other.map { reals(of: $0) })
    let result = newBuffer(for: value)
    launch(
      other == nil ? "activation" : "add", reads: [source] + (added.map { [$0] } ?? []),
      writes: [result]
    ) { device, at in
      let address = added.map(at.address)
      return Elementwise.combine(
        at.address(source), vector: isVector ? address : nil, addend: isVector ? nil : address,
        to: at.buffers[result.index], shape: shape, activation, device)
    }
  }

  private mutating func lowerAffine(_ value: Graph.Value, _ scale: Float, _ offset: Float) {
    let source = reals(of: graph[value].inputs[0])
    let count = graph.shape(value).elementCount
    let result = newBuffer(for: value)
    launch("affine", reads: [source], writes: [result]) { device, at in
      Launch.over(
        count, "affine", device,
        [
          .address(at.address(source)), .address(at.buffers[result.index]), .long(count),
          .float(scale), .float(offset),
        ])
    }
  }

  private mutating func lowerGatedGELU(_ value: Graph.Value) {
    let source = reals(of: graph[value].inputs[0])
    let shape = graph.shape(value)
    let result = newBuffer(for: value)
    launch("gated gelu", reads: [source], writes: [result]) { device, at in
      let n = Elementwise.width(shape.channelCount)
      return Launch.over(
        shape.elementCount / n, "gated_gelu\(n)", device,
        [
          .address(at.address(source)), .address(at.buffers[result.index]),
          .long(shape.elementCount / n), .int(shape.channelCount / n),
        ])
    }
  }

  private mutating func lowerAttention(_ value: Graph.Value, heads: Int, causal: Bool) {
    let inputs = graph[value].inputs
    let attention = CUDAAttention(
      queries: graph.shape(value).rowCount, keys: graph.shape(inputs[1]).rowCount,
      channels: graph.shape(value).channelCount, heads: heads, causal: causal,
      precision: precision)
    let reads = inputs.map { reals(of: $0) }
    let result = newBuffer(for: value)
    var writes = [result]
    if attention.scoreCount > 0 { writes.append(newReals(attention.scoreCount)) }
    let size = precision.deviceSize
    let parts = inputs.map { slices[$0] ?? (0, graph.shape($0).channelCount) }
    append("attention", reads: reads, writes: writes) {
      [writes] (device, at) throws(BackendError) in
      let operands = zip(reads, parts).map { at.address($0) + UInt64($1.offset * size) }
      return try attention.prepare(
        device, query: operands[0], key: operands[1], value: operands[2],
        result: at.buffers[result.index],
        scores: writes.count > 1 ? at.buffers[writes[1].index] : 0,
        strides: (parts[0].stride, parts[1].stride))
    }
  }

  private mutating func lowerUpsample(_ value: Graph.Value) {
    let from = graph.shape(graph[value].inputs[0])
    let source = reals(of: graph[value].inputs[0])
    let shape = graph.shape(value)
    let result = newBuffer(for: value)
    launch("upsample", reads: [source], writes: [result]) { device, at in
      let n = Elementwise.width(shape.channelCount)
      return Launch.over(
        shape.elementCount / n, "upsample\(n)", device,
        [
          .address(at.address(source)), .address(at.buffers[result.index]),
          .long(shape.elementCount / n), .int(from[0]), .int(from[1]), .int(shape[0]),
          .int(shape[1]), .int(shape.channelCount / n),
        ])
    }
  }

  private mutating func lowerConcatenate(_ value: Graph.Value) {
    let inputs = graph[value].inputs
    let (a, b) = (reals(of: inputs[0]), reals(of: inputs[1]))
    let widths = inputs.map { graph.shape($0).channelCount }
    let shape = graph.shape(value)
    let result = newBuffer(for: value)
    launch("concatenate", reads: [a, b], writes: [result]) { device, at in
      let n = widths.allSatisfy { $0.isMultiple(of: 8) } ? 8 : 1
      return Launch.over(
        shape.elementCount / n, "concatenate\(n)", device,
        [
          .address(at.address(a)), .int(widths[0] / n), .address(at.address(b)),
          .int(widths[1] / n), .address(at.buffers[result.index]), .long(shape.elementCount / n),
        ])
    }
  }

  private mutating func lowerSinusoid(_ value: Graph.Value, _ cosineFirst: Bool, _ shift: Float) {
    let source = floats(of: graph[value].inputs[0])
    let shape = graph.shape(value)
    let result = newBuffer(for: value)
    launch("sinusoid", reads: [.buffer(source)], writes: [result]) { device, at in
      Launch.over(
        shape.elementCount, "sinusoid", device,
        [
          .address(at.buffers[source.index]), .address(at.buffers[result.index]),
          .long(shape.elementCount), .int(shape.channelCount), .int(cosineFirst ? 1 : 0),
          .float(shift),
        ])
    }
  }
}
