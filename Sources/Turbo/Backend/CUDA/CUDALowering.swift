/// Turns a graph into a schedule for a GPU.
struct CUDALowering {
  typealias BufferID = CUDASchedule.BufferID
  typealias WeightID = CUDASchedule.WeightID
  typealias Place = CUDASchedule.Place
  typealias Layout = CUDASchedule.Layout

  /// Where in a row of a joined product a value begins, and how far its rows are apart.
  struct Slice {
    var offset: Int
    var stride: Int
  }

  let graph: Graph
  let precision: Precision
  /// Multiprocessors of the GPU.
  let processors: Int
  private let checkpoint: Checkpoint
  private var schedule = CUDASchedule()
  private var placeOfValue: [Graph.Value: Place] = [:]
  private var sliceOfValue: [Graph.Value: Slice] = [:]
  /// Inputs, which the host gives in float32, and what of them was converted.
  private var floatInputs: Set<Graph.Value> = []
  private var converted: [Graph.Value: BufferID] = [:]
  private var weightOfKey: [String: WeightID] = [:]

  /// The schedule of a graph with the weights of `checkpoint`.
  static func schedule(
    _ graph: Graph, _ checkpoint: Checkpoint, _ precision: Precision, processors: Int
  ) throws -> CUDASchedule {
    var lowering = CUDALowering(graph, checkpoint, precision, processors)
    try lowering.lowerAll()
    return lowering.schedule
  }

  private init(
    _ graph: Graph, _ checkpoint: Checkpoint, _ precision: Precision, _ processors: Int
  ) {
    self.graph = graph
    self.checkpoint = checkpoint
    self.precision = precision
    self.processors = processors
  }

  private mutating func lowerAll() throws {
    let graph = self.graph
    let fusion = Fusion(graph, readsDoubled: { _ in false })
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
    for (name, value) in graph.outputs { schedule.setOutput(name, floats(of: value)) }
    schedule.separatePreparation()
  }
}

// MARK: - Values

extension CUDALowering {
  mutating func newBuffer(floats count: Int) -> BufferID {
    schedule.addBuffer(bytes: count * MemoryLayout<Float>.stride)
  }

  mutating func newBuffer(reals count: Int) -> BufferID {
    schedule.addBuffer(bytes: count * precision.deviceSize)
  }

  mutating func newBuffer(for value: Graph.Value) -> BufferID {
    let buffer = newBuffer(reals: graph.shape(value).elementCount)
    placeOfValue[value] = .buffer(buffer)
    return buffer
  }

  mutating func placeInput(_ value: Graph.Value, _ name: String) {
    let buffer = schedule.addInput(name, count: graph.shape(value).elementCount)
    placeOfValue[value] = .buffer(buffer)
    floatInputs.insert(value)
  }

  mutating func place(_ value: Graph.Value, _ place: Place) { placeOfValue[value] = place }

  /// Places a value in a row of a joined product.
  mutating func place(_ value: Graph.Value, _ buffer: BufferID, _ slice: Slice) {
    placeOfValue[value] = .buffer(buffer)
    sliceOfValue[value] = slice
  }

  func slice(_ value: Graph.Value) -> Slice {
    sliceOfValue[value] ?? Slice(offset: 0, stride: graph.shape(value).channelCount)
  }

  private func place(of value: Graph.Value) -> Place {
    guard let place = placeOfValue[value] else {
      preconditionFailure("value \(value.index) is read before it is computed")
    }
    return place
  }

  /// A value in the program's type.
  mutating func reals(of value: Graph.Value) -> Place {
    let value = graph.alias(value)
    guard floatInputs.contains(value), precision != .float32 else { return place(of: value) }
    if let known = converted[value] { return .buffer(known) }
    let result = newBuffer(reals: graph.shape(value).elementCount)
    converted[value] = result
    convert(value, to: result, "narrow_floats")
    return .buffer(result)
  }

  /// A value in float32.
  mutating func floats(of value: Graph.Value) -> BufferID {
    let value = graph.alias(value)
    if floatInputs.contains(value), case .buffer(let buffer) = place(of: value) { return buffer }
    let result = newBuffer(floats: graph.shape(value).elementCount)
    convert(value, to: result, "widen_reals")
    return result
  }

  private mutating func convert(_ value: Graph.Value, to result: BufferID, _ kernel: String) {
    let source = place(of: value)
    let count = graph.shape(value).elementCount
    launch("convert", reads: [source], writes: [result]) { device, at in
      Launch.over(
        count, kernel, device, [.address(at[source]), .address(at[result]), .long(count)])
    }
  }

  mutating func weight(_ parameter: Parameter, taps: Int = 1) throws -> WeightID {
    if let known = weightOfKey[parameter.key] { return known }
    let tensor = try checkpoint.tensor(parameter.key, shape: parameter.shape)
    let id = schedule.add(.init(tensor: tensor, taps: taps, precision: precision))
    weightOfKey[parameter.key] = id
    return id
  }
}

// MARK: - Tasks

extension CUDALowering {
  mutating func append(
    _ name: String, reads: [Place], writes: [BufferID], _ build: @escaping CUDASchedule.Build
  ) {
    schedule.add(name, reads: reads, writes: writes, build)
  }

  /// A task of one launch.
  mutating func launch(
    _ name: String, reads: [Place], writes: [BufferID],
    _ build: @escaping (CUDADevice, Layout) -> Launch
  ) {
    let precision = precision
    append(name, reads: reads, writes: writes) { (device, at) throws(BackendError) in
      [try build(device, at).prepare(device, precision)]
    }
  }
}
