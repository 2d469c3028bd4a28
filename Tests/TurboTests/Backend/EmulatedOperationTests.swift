import Testing

@testable import Turbo

/// The CUDA backend on an emulated device against the CPU backend in float32, operation by operation.
@Suite struct EmulatedOperationTests {
  @Test(arguments: ParityCase.small, Precision.allCases)
  func operation(_ it: ParityCase, precision: Precision) throws {
    let error = try relativeError(of: it, precision, on: EmulatedDevice.make())
    #expect(error <= Parity.limit(precision), "\(it.name)")
  }

  /// Where the libraries have no algorithm for a shape, the project's own kernels compute it.
  @Test(
    arguments: ["cublasLtMatmulAlgoGetHeuristic", "cublasLtMatmul", "cudnnBackendExecute"],
    Precision.allCases)
  func withoutALibrary(_ call: String, precision: Precision) throws {
    let names = ["linear 77x64>48", "conv3 16x16 32>32", "conv + vector + picture, silu"]
    for it in ParityCase.small where names.contains(it.name) {
      let device = try EmulatedDevice.make()
      EmulatedDevice.fail(call, status: 15)
      let error = try relativeError(of: it, precision, on: device)
      #expect(error <= Parity.limit(precision), "\(it.name)")
    }
  }

  @Test func everyKindOfOperationIsCompared() {
    let nodes = ParityCase.small.flatMap { $0.graph.nodes }
    #expect(Set(nodes.map { $0.operation.kind }) == Operation.kinds)
  }

  private func relativeError(
    of it: ParityCase, _ precision: Precision, on device: CUDADevice
  ) throws -> Double {
    let graph = it.graph
    let random = try RandomCheckpoint(graph)
    let expected = try outputs(
      CPUProgram(graph, random.checkpoint, precision: .float32), it.values())
    let program = try CUDAProgram(graph, random.checkpoint, precision: precision, device: device)
    // Twice, since memory that one run leaves behind must not change the next.
    _ = try outputs(program, it.values())
    let found = try outputs(program, it.values())
    withExtendedLifetime(random) {}
    try #require(found.count == expected.count)
    return Comparison(found, expected, atol: 0, rtol: 0).relativeError
  }

  private func outputs(_ program: any Program, _ values: [String: [Float]]) throws -> [Float] {
    for (name, values) in values { program.set(name, values) }
    try program.run()
    return Array(try #require(program.output("y")))
  }
}

extension Operation {
  /// All that `kind` may be.
  fileprivate static let kinds: Set<String> = [
    "input", "parameter", "embedding", "pickRows", "linear", "convolution", "groupNorm",
    "layerNorm", "activation", "add", "affine", "gatedGELU", "attention", "upsample",
    "concatenate", "sinusoid", "reshape",
  ]

  /// Without a default, so that a new operation needs a name, and with it a case.
  fileprivate var kind: String {
    switch self {
    case .input: "input"
    case .parameter: "parameter"
    case .embedding: "embedding"
    case .pickRows: "pickRows"
    case .linear: "linear"
    case .convolution: "convolution"
    case .groupNorm: "groupNorm"
    case .layerNorm: "layerNorm"
    case .activation: "activation"
    case .add: "add"
    case .affine: "affine"
    case .gatedGELU: "gatedGELU"
    case .attention: "attention"
    case .upsample: "upsample"
    case .concatenate: "concatenate"
    case .sinusoid: "sinusoid"
    case .reshape: "reshape"
    }
  }
}

extension ParityCase: CustomTestStringConvertible {
  /// What the test run calls the case.
  public var testDescription: String { name }
}
