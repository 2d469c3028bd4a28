/// A graph compiled for a GPU: weights and activations in its memory, the launches captured once
/// and replayed as one.
final class CUDAProgram: Program {
  typealias Step = () throws(BackendError) -> Void

  /// An input or output: the host's floats and the GPU's copy.
  private struct Port {
    let host: PinnedFloats
    let address: CUDADriver.Address
    var isDirty = true
  }

  private let device: CUDADevice
  private let arena: CUDAMemory
  private let weights: CUDAMemory
  /// Named steps: those that depend on slowly changing inputs only, and the rest.
  private let preparation, steps: [(name: String, run: Step)]
  private let preparationGraph, graph: CUDAGraph
  private var inputs: [String: Port]
  private let outputs: [String: Port]

  /// Compiles the parts of `graph` that its outputs need, with the weights of `checkpoint`.
  init(
    _ graph: Graph, _ checkpoint: Checkpoint, precision: Precision, device: CUDADevice
  ) throws {
    try device.use()
    // Before algorithms are chosen, which would take its lack for a fault of theirs.
    _ = try device.workspace()
    let graph = graph.pruned()
    let schedule = try CUDALowering.schedule(
      graph, checkpoint, precision, processors: device.processors)
    let plan = MemoryPlan(schedule.buffers())
    let loaded = try WeightLoader(device).load(schedule.weights)
    let arena = try CUDAMemory(device, bytes: plan.totalBytes)
    let layout = CUDASchedule.Layout(
      buffers: plan.offsets.map { arena.address + UInt64($0) }, weights: loaded.addresses)
    // Algorithms are timed on numbers, not on what memory held before, which may be NaN.
    try device.driver.check(
      device.driver.fill(arena.address, 0x11, plan.totalBytes, device.stream), "cuMemsetD8Async")

    func build(_ tasks: [CUDASchedule.Task]) throws -> [(name: String, run: Step)] {
      try tasks.flatMap { task in
        do {
          return try task.build(device, layout).map { (task.name, $0) }
        } catch BackendError.device(let call, let problem) {
          throw BackendError.device(call: call, problem: "\(problem), for \(task.name)")
        }
      }
    }
    func ports(_ buffers: [String: CUDASchedule.BufferID], _ values: [String: Graph.Value]) throws
      -> [String: Port]
    {
      var ports: [String: Port] = [:]
      for (name, buffer) in buffers {
        let count = values[name].map { graph.shape($0).elementCount } ?? 0
        ports[name] = Port(
          host: try PinnedFloats(device, count: count), address: layout[buffer])
      }
      return ports
    }
    preparation = try build(schedule.preparation)
    steps = try build(schedule.tasks)
    inputs = try ports(schedule.inputs, graph.inputs)
    outputs = try ports(schedule.outputs, graph.outputs)
    try device.synchronize()
    preparationGraph = try CUDAGraph(device, preparation.map(\.run))
    self.graph = try CUDAGraph(device, steps.map(\.run))
    self.device = device
    self.arena = arena
    weights = loaded.memory
  }

  /// Bytes of the GPU's memory.
  var memoryBytes: Int { arena.bytes + weights.bytes }

  func set(_ name: String, _ values: [Float]) {
    guard let input = inputs[name] else { return }
    let host = input.host.values
    precondition(host.count == values.count, "\(name): \(values.count) values, not \(host.count)")
    _ = host.update(fromContentsOf: values)
    inputs[name]?.isDirty = true
  }

  @discardableResult
  func run(while goesOn: () -> Bool) throws(BackendError) -> Bool {
    guard goesOn() else { return false }
    try device.use()
    if try upload() { try preparationGraph.launch() }
    try graph.launch()
    for output in outputs.values {
      try device.driver.check(
        device.driver.copyToHost(
          output.host.values.baseAddress, output.address, output.host.values.count * 4,
          device.stream), "cuMemcpyDtoHAsync")
    }
    try device.synchronize()
    return true
  }

  /// Copies the inputs that were set, and says whether the preparation depends on one of them.
  private func upload() throws(BackendError) -> Bool {
    var isPreparationDue = false
    for (name, input) in inputs where input.isDirty {
      try device.driver.check(
        device.driver.copyToDevice(
          input.address, input.host.values.baseAddress, input.host.values.count * 4,
          device.stream), "cuMemcpyHtoDAsync")
      inputs[name]?.isDirty = false
      if name != CUDASchedule.varyingInput { isPreparationDue = true }
    }
    return isPreparationDue
  }

  func output(_ name: String) -> UnsafeBufferPointer<Float>? {
    outputs[name].map { UnsafeBufferPointer($0.host.values) }
  }

  func profile() throws(BackendError) -> [(name: String, seconds: Double)] {
    try device.use()
    _ = try upload()
    var total: [String: Double] = [:]
    for step in preparation + steps {
      total[step.name, default: 0] += try device.time(repeats: 1, step.run) / 1000
    }
    return total.map { ($0.key, $0.value) }.sorted { $0.1 > $1.1 }
  }

  /// Milliseconds that the GPU takes for one run, with and without the preparation: medians.
  func measure(repeats: Int) throws(BackendError) -> (frame: Double, preparation: Double) {
    try device.use()
    _ = try upload()
    try preparationGraph.launch()
    try graph.launch()
    func time(_ graph: CUDAGraph) throws(BackendError) -> Double {
      try device.time(repeats: repeats, batch: 5) { () throws(BackendError) in try graph.launch() }
    }
    return (try time(graph), try time(preparationGraph))
  }
}
