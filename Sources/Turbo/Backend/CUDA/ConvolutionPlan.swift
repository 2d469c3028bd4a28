/// A convolution of pictures as cuDNN computes it, alone or with the sums that follow.
struct ConvolutionPlan {
  struct Shape: Hashable, CustomStringConvertible {
    /// [H, W, C] of the source and the result.
    var source: [Int]
    var result: [Int]
    var kernel: Int
    var stride: Int
    var padding: Int
    var precision: Precision
    /// Whether a vector [O] and then a picture are added in the same pass.
    var addsBias = false
    var addsPicture = false

    var description: String {
      let sums = (addsBias ? " + bias" : "") + (addsPicture ? " + picture" : "")
      return "\(precision.rawValue) \(source) to \(result), \(kernel)x\(kernel)\(sums)"
    }
  }

  /// Numbers of the tensors that a run is given.
  private enum Tensor: Int64 {
    case source = 1
    case weight, bias, picture, result
    case product, sum
  }

  let shape: Shape
  let workspaceBytes: Int
  private let plan: CUDNN.Descriptor

  /// Plans for a shape, likely the fastest first; those that cannot be built are left out.
  ///
  /// - Parameter count: how many plans are wanted at most.
  static func candidates(
    _ shape: Shape, _ library: CUDNN, count: Int, trace: ((String) -> Void)?
  ) throws(BackendError) -> [ConvolutionPlan] {
    let graph = try graph(shape, library)
    var plans: [ConvolutionPlan] = []
    let start = ContinuousClock.now
    for mode in [CUDNN.Constant.heuristicsModeA, CUDNN.Constant.heuristicsModeFallback] {
      guard plans.isEmpty else { break }
      for configuration in try configurations(graph, mode, library) where plans.count < count {
        // Plans that cuDNN compiles take long to build; one is enough then.
        if !plans.isEmpty, ContinuousClock.now - start > .milliseconds(500) { break }
        do throws(BackendError) {
          // Tensor cores round float32 to 10 bits before they multiply.
          if shape.precision == .float32, try usesTensorCores(configuration, library) {
            continue
          }
          let plan = try CUDNN.Descriptor(library, .plan)
          try plan.set(.planHandle, .handle, [library.handle])
          try plan.set(.planConfiguration, [configuration])
          try plan.finalize()
          let bytes = Int(try plan.int64(.planWorkspaceBytes))
          guard bytes <= CUDADevice.workspaceBytes else { continue }
          plans.append(ConvolutionPlan(shape: shape, workspaceBytes: bytes, plan: plan))
        } catch {
          trace?("plan \(shape): \(error)")
        }
      }
    }
    return plans
  }

  private static func configurations(
    _ graph: CUDNN.Descriptor, _ mode: Int32, _ library: CUDNN
  ) throws(BackendError) -> [CUDNN.Descriptor] {
    let heuristics = try CUDNN.Descriptor(library, .heuristics)
    try heuristics.set(.heuristicsGraph, [graph])
    try heuristics.set(.heuristicsMode, .heuristicsMode, [mode])
    try heuristics.finalize()
    var empty: [CUDNN.Descriptor] = []
    for _ in 0..<12 { empty.append(try CUDNN.Descriptor(library, .engineConfiguration)) }
    return try heuristics.results(.heuristicsResults, into: empty)
  }

  private static func usesTensorCores(
    _ configuration: CUDNN.Descriptor, _ library: CUDNN
  ) throws(BackendError) -> Bool {
    let engine = try CUDNN.Descriptor(library, .engine)
    _ = try configuration.results(.configurationEngine, into: [engine])
    return try engine.notes().contains(CUDNN.Constant.tensorCoreNote)
  }

  private static func graph(
    _ shape: Shape, _ library: CUDNN
  ) throws(BackendError) -> CUDNN.Descriptor {
    let type = shape.precision.convolutionType
    let (channels, outputs) = (shape.source[2], shape.result[2])
    func tensor(
      _ name: Tensor, _ dimensions: [Int], isVirtual: Bool = false
    ) throws(BackendError) -> CUDNN.Descriptor {
      // Dimensions are named [N, C, H, W]; the strides say that channels lie innermost.
      let (c, h, w) = (dimensions[1], dimensions[2], dimensions[3])
      let tensor = try CUDNN.Descriptor(library, .tensor)
      // Between the operations of one pass nothing is rounded.
      try tensor.set(.tensorType, .dataType, [isVirtual ? Int32(0) : type])
      try tensor.set(.tensorDimensions, .int64, dimensions.map { Int64($0) })
      try tensor.set(.tensorStrides, .int64, [c * h * w, 1, w * c, c].map { Int64($0) })
      try tensor.set(.tensorIdentifier, .int64, [name.rawValue])
      try tensor.set(.tensorAlignment, .int64, [Int64(16)])
      if isVirtual { try tensor.set(.tensorIsVirtual, .boolean, [true]) }
      try tensor.finalize()
      return tensor
    }
    let resultSize = [1, outputs, shape.result[0], shape.result[1]]
    let source = try tensor(.source, [1, channels, shape.source[0], shape.source[1]])
    let weight = try tensor(.weight, [outputs, channels, shape.kernel, shape.kernel])
    let result = try tensor(.result, resultSize)

    let convolution = try CUDNN.Descriptor(library, .convolution)
    try convolution.set(.convolutionType, .dataType, [Int32(0)])
    try convolution.set(
      .convolutionMode, .convolutionMode, [CUDNN.Constant.crossCorrelation])
    try convolution.set(.convolutionDimensions, .int64, [Int64(2)])
    for attribute in [
      CUDNN.Attribute.convolutionPrePaddings, .convolutionPostPaddings,
    ] {
      try convolution.set(attribute, .int64, [Int64(shape.padding), Int64(shape.padding)])
    }
    try convolution.set(.convolutionDilations, .int64, [Int64(1), 1])
    try convolution.set(.convolutionStrides, .int64, [Int64(shape.stride), Int64(shape.stride)])
    try convolution.finalize()

    var value =
      shape.addsBias || shape.addsPicture
      ? try tensor(.product, resultSize, isVirtual: true) : result
    let forward = try CUDNN.Descriptor(library, .convolutionForward)
    try forward.set(.forwardConvolution, [convolution])
    try forward.set(.forwardSource, [source])
    try forward.set(.forwardWeight, [weight])
    try forward.set(.forwardResult, [value])
    try forward.set(.forwardAlpha, .float, [Float(1)])
    try forward.set(.forwardBeta, .float, [Float(0)])
    try forward.finalize()
    var operations = [forward]

    let add = try CUDNN.Descriptor(library, .pointwise)
    try add.set(.pointwiseMode, .pointwiseMode, [CUDNN.Constant.pointwiseAdd])
    try add.set(.pointwiseType, .dataType, [Int32(0)])
    try add.finalize()
    func append(
      _ other: CUDNN.Descriptor, _ sum: CUDNN.Descriptor
    ) throws(BackendError) {
      let operation = try CUDNN.Descriptor(library, .pointwiseOperation)
      try operation.set(.operationPointwise, [add])
      try operation.set(.operationSource, [value])
      try operation.set(.operationOther, [other])
      try operation.set(.operationResult, [sum])
      try operation.finalize()
      operations.append(operation)
      value = sum
    }
    if shape.addsBias {
      let sum = shape.addsPicture ? try tensor(.sum, resultSize, isVirtual: true) : result
      try append(try tensor(.bias, [1, outputs, 1, 1]), sum)
    }
    if shape.addsPicture { try append(try tensor(.picture, resultSize), result) }

    let graph = try CUDNN.Descriptor(library, .graph)
    try graph.set(.graphHandle, .handle, [library.handle])
    try graph.set(.graphOperations, operations)
    try graph.finalize()
    return graph
  }

  struct Addresses {
    var source, weight, result, workspace: CUDADriver.Address
    var bias, picture: CUDADriver.Address?
  }

  /// What runs the plan on memory at the given addresses.
  func prepare(
    _ library: CUDNN, _ at: Addresses
  ) throws(BackendError) -> CUDAProgram.Step {
    var tensors: [(Tensor, UInt64)] = [
      (.source, at.source), (.weight, at.weight), (.result, at.result),
    ]
    if shape.addsBias, let bias = at.bias { tensors.append((.bias, bias)) }
    if shape.addsPicture, let picture = at.picture { tensors.append((.picture, picture)) }
    let pack = try CUDNN.Descriptor(library, .variantPack)
    try pack.set(.packIdentifiers, .int64, tensors.map(\.0.rawValue))
    try pack.set(.packPointers, .pointer, tensors.map(\.1))
    try pack.set(.packWorkspace, .pointer, [at.workspace])
    try pack.finalize()
    return { [plan] () throws(BackendError) in try library.execute(plan, pack) }
  }
}

extension Precision {
  /// `cudnnDataType_t`.
  fileprivate var convolutionType: Int32 {
    switch self {
    case .float32: 0
    case .float16: 2
    case .bfloat16: 9
    }
  }
}
