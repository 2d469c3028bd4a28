/// Checks the GPU against the processor, operation by operation and model by model, and times both
/// the operations and the models. Goes on after a failure, so that one run shows all.
public final class Parity {
  let device: CUDADevice
  let report: (String) -> Void
  let isVerbose: Bool
  /// Comparisons that failed, and what could not be compared or timed.
  public private(set) var failures = 0

  /// - Parameters:
  ///   - index: the GPU's number.
  ///   - isVerbose: whether to tell which algorithms were chosen.
  ///   - report: is given each line as soon as it is known.
  public convenience init(
    index: Int = 0, isVerbose: Bool = false, report: @escaping (String) -> Void
  ) throws {
    try self.init(CUDADevice(index: index), isVerbose: isVerbose, report: report)
  }

  init(
    _ device: CUDADevice, isVerbose: Bool = false, report: @escaping (String) -> Void
  ) throws {
    self.device = device
    self.isVerbose = isVerbose
    self.report = report
    let memory = try device.memory()
    report(
      "\(device.name), \(device.processors) multiprocessors, \(memory.free >> 20) of"
        + " \(memory.total >> 20) MiB free")
    if isVerbose { device.trace = { report("    " + $0) } }
  }

  func fail(_ line: String) {
    failures += 1
    report(line)
  }

  /// The greatest error that counts as none.
  ///
  /// - Parameter depth: how many operations' errors may have added up.
  static func limit(_ precision: Precision, depth: Double = 1) -> Double {
    switch precision {
    case .float32: 2e-5 * depth
    case .float16: 3e-3 * depth
    case .bfloat16: 1e-2 * depth
    }
  }

  /// How many operations' errors a model is granted. Its errors add up, but partly cancel.
  static let modelDepth = 10.0

  /// What is far from the reference is a failure; so is NaN, which compares false.
  func verdict(_ error: Double, _ precision: Precision, depth: Double = 1) -> String {
    guard error <= Self.limit(precision, depth: depth) else {
      failures += 1
      return "  WRONG"
    }
    return ""
  }

  static func run(
    _ program: any Program, _ values: [String: [Float]], _ output: String
  ) throws -> [Float] {
    for (name, values) in values { program.set(name, values) }
    try program.run()
    return program.output(output).map { Array($0) } ?? []
  }

  /// ‖x - reference‖ / ‖reference‖.
  static func error(_ x: [Float], _ reference: [Float]) -> Double {
    guard x.count == reference.count else { return .nan }
    var (difference, norm) = (0.0, 0.0)
    for i in x.indices {
      let d = Double(x[i]) - Double(reference[i])
      difference += d * d
      norm += Double(reference[i]) * Double(reference[i])
    }
    return (difference / norm).squareRoot()
  }
}
