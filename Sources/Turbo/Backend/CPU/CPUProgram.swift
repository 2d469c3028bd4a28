import CKernels

/// A graph compiled for this processor: memory planned, weights packed, ready to run.
///
/// Not for concurrent use; oneDNN's threads belong to the thread that calls ``run()``.
final class CPUProgram: Program {
  typealias Step = () throws(BackendError) -> Void

  /// One step, with the name of what it does for the profile.
  struct NamedStep {
    let name: String
    let run: Step
  }

  private let context: DNNL.Context
  private let arena: Arena
  private let steps: [NamedStep]
  private let usesLibrary: Bool
  private let inputs: [String: UnsafeMutableBufferPointer<Float>]
  private let outputs: [String: UnsafeMutableBufferPointer<Float>]

  /// Compiles the parts of `graph` that its outputs need, with the weights of `checkpoint`.
  init(_ graph: Graph, _ checkpoint: Checkpoint, precision: Precision) throws {
    guard precision.isSupported else { throw BackendError.precision(precision) }
    let graph = graph.pruned()
    // oneDNN compiles for as many threads as it sees.
    fabula_share_library_threads(1)
    let context = try DNNL.Context()
    var lowering = Lowering(graph, checkpoint, context, precision)
    try lowering.lower()

    let plan = MemoryPlan(lowering.buffers())
    let arena = try Arena(bytes: plan.totalBytes)
    let addresses = plan.offsets.map { arena.base + $0 }
    let layout = Lowering.Layout(addresses: addresses)
    var steps: [NamedStep] = []
    for task in lowering.tasks {
      steps.append(NamedStep(name: task.name, run: try task.build(layout)))
    }
    func pointers(
      _ values: [String: Graph.Value]
    ) -> [String: UnsafeMutableBufferPointer<Float>] {
      values.mapValues { value in
        UnsafeMutableBufferPointer(
          start: layout.floats(lowering.buffer(of: value)),
          count: graph.shape(value).elementCount)
      }
    }
    self.context = context
    self.arena = arena
    self.steps = steps
    usesLibrary = lowering.usesLibrary
    inputs = pointers(graph.inputs)
    outputs = pointers(graph.outputs)
  }

  /// Sets an input, which keeps its value until it is set again. Unknown names, which pruning may
  /// have removed, are ignored.
  func set(_ name: String, _ values: [Float]) {
    guard let input = inputs[name] else { return }
    precondition(input.count == values.count, "\(name): \(values.count) values, not \(input.count)")
    _ = input.update(fromContentsOf: values)
  }

  /// Runs. Where `goesOn` says no between two steps it stops, returns false, and its outputs are
  /// worth nothing.
  @discardableResult
  func run(while goesOn: () -> Bool) throws(BackendError) -> Bool {
    fabula_share_library_threads(usesLibrary ? 1 : 0)
    for step in steps {
      guard goesOn() else { return false }
      try step.run()
    }
    return true
  }

  /// An output, valid until the next ``run()``.
  func output(_ name: String) -> UnsafeBufferPointer<Float>? {
    outputs[name].map { UnsafeBufferPointer($0) }
  }

  /// Runs once and returns the seconds that each kind of step took.
  func profile() throws(BackendError) -> [(name: String, seconds: Double)] {
    fabula_share_library_threads(usesLibrary ? 1 : 0)
    var total: [String: Double] = [:]
    for step in steps {
      let start = ContinuousClock.now
      try step.run()
      total[step.name, default: 0] += (ContinuousClock.now - start) / .seconds(1)
    }
    return total.map { ($0.key, $0.value) }.sorted { $0.1 > $1.1 }
  }
}
