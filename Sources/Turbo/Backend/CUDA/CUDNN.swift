/// The parts of cuDNN's graph interface that the backend calls (cudnn_graph.h of version 9).
final class CUDNN {
  typealias Handle = OpaquePointer

  /// `cudnnBackendDescriptorType_t`.
  enum Kind: Int32 {
    case pointwise = 0
    case convolution = 1
    case engine = 2
    case engineConfiguration = 3
    case heuristics = 4
    case plan = 5
    case convolutionForward = 10
    case pointwiseOperation = 13
    case graph = 15
    case variantPack = 16
    case tensor = 17
  }

  /// `cudnnBackendAttributeName_t`.
  enum Attribute: Int32 {
    case pointwiseMode = 0
    case pointwiseType = 1
    case convolutionType = 100
    case convolutionMode = 101
    case convolutionDilations = 102
    case convolutionStrides = 103
    case convolutionPostPaddings = 104
    case convolutionPrePaddings = 105
    case convolutionDimensions = 106
    case heuristicsMode = 200
    case heuristicsGraph = 201
    case heuristicsResults = 202
    case configurationEngine = 300
    case planHandle = 400
    case planConfiguration = 401
    case planWorkspaceBytes = 402
    case forwardAlpha = 700
    case forwardBeta = 701
    case forwardConvolution = 702
    case forwardWeight = 703
    case forwardSource = 704
    case forwardResult = 705
    case operationPointwise = 750
    case operationSource = 751
    case operationOther = 752
    case operationResult = 753
    case graphHandle = 800
    case graphOperations = 801
    case tensorAlignment = 900
    case tensorType = 901
    case tensorDimensions = 902
    case tensorStrides = 903
    case tensorIdentifier = 906
    case tensorIsVirtual = 907
    case packIdentifiers = 1000
    case packPointers = 1001
    case packWorkspace = 1003
    case engineNotes = 1303
  }

  /// `cudnnBackendAttributeType_t`.
  enum ValueType: Int32 {
    case handle = 0
    case dataType = 1
    case boolean = 2
    case int64 = 3
    case float = 4
    case pointer = 6
    case convolutionMode = 7
    case heuristicsMode = 8
    case numericalNote = 11
    case pointwiseMode = 14
    case descriptor = 15
  }

  /// Values of other enumerations.
  enum Constant {
    static let crossCorrelation: Int32 = 1
    static let pointwiseAdd: Int32 = 0
    static let heuristicsModeA: Int32 = 3
    static let heuristicsModeFallback: Int32 = 2
    static let tensorCoreNote: Int32 = 0
  }

  let handle: Handle
  private let destroyHandle: @convention(c) (Handle?) -> Int32
  private let errorString: @convention(c) (Int32) -> UnsafePointer<CChar>?
  private let lastError: @convention(c) (UnsafeMutablePointer<CChar>, Int) -> Void
  private let create: @convention(c) (Int32, UnsafeMutablePointer<Handle?>) -> Int32
  fileprivate let destroy: @convention(c) (Handle?) -> Int32
  fileprivate let finalize: @convention(c) (Handle?) -> Int32
  fileprivate let setAttribute:
    @convention(c) (Handle?, Int32, Int32, Int64, UnsafeRawPointer?) -> Int32
  fileprivate let getAttribute:
    @convention(c) (
      Handle?, Int32, Int32, Int64, UnsafeMutablePointer<Int64>?, UnsafeMutableRawPointer?
    ) -> Int32
  private let executePlan: @convention(c) (Handle?, Handle?, Handle?) -> Int32

  /// For work on a stream of the current context.
  init(_ library: DynamicLibrary, stream: CUDADriver.Handle) throws(BackendError) {
    destroyHandle = try library.function("cudnnDestroy")
    errorString = try library.function("cudnnGetErrorString")
    lastError = try library.function("cudnnGetLastErrorString")
    create = try library.function("cudnnBackendCreateDescriptor")
    destroy = try library.function("cudnnBackendDestroyDescriptor")
    finalize = try library.function("cudnnBackendFinalize")
    setAttribute = try library.function("cudnnBackendSetAttribute")
    getAttribute = try library.function("cudnnBackendGetAttribute")
    executePlan = try library.function("cudnnBackendExecute")
    let createHandle: @convention(c) (UnsafeMutablePointer<Handle?>) -> Int32 =
      try library.function("cudnnCreate")
    let setStream: @convention(c) (Handle?, CUDADriver.Handle?) -> Int32 =
      try library.function("cudnnSetStream")
    var handle: Handle?
    let status = createHandle(&handle)
    guard status == 0, let handle else {
      throw .device(call: "cudnnCreate", problem: "status \(status)")
    }
    self.handle = handle
    try check(setStream(handle, stream), "cudnnSetStream")
  }

  deinit { _ = destroyHandle(handle) }

  func check(_ status: Int32, _ call: @autoclosure () -> String) throws(BackendError) {
    guard status != 0 else { return }
    var message = [CChar](repeating: 0, count: 512)
    lastError(&message, message.count)
    let detail = String(
      decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let name = errorString(status).map { String(cString: $0) } ?? "status \(status)"
    throw .device(call: call(), problem: detail.isEmpty ? name : "\(name): \(detail)")
  }

  /// An object of the interface: attributes are set, then it is finalized, then it is used.
  final class Descriptor {
    let handle: Handle
    private let library: CUDNN
    private let kind: Kind

    init(_ library: CUDNN, _ kind: Kind) throws(BackendError) {
      var handle: Handle?
      try library.check(
        library.create(kind.rawValue, &handle), "cudnnBackendCreateDescriptor (\(kind))")
      guard let handle else {
        throw .device(call: "cudnnBackendCreateDescriptor", problem: "no descriptor")
      }
      self.handle = handle
      self.library = library
      self.kind = kind
    }

    deinit { _ = library.destroy(handle) }

    func set<T>(_ attribute: Attribute, _ type: ValueType, _ values: [T]) throws(BackendError) {
      let status = values.withUnsafeBytes {
        library.setAttribute(
          handle, attribute.rawValue, type.rawValue, Int64(values.count), $0.baseAddress)
      }
      try library.check(status, "cudnnBackendSetAttribute (\(attribute) of \(kind))")
    }

    func set(_ attribute: Attribute, _ descriptors: [Descriptor]) throws(BackendError) {
      try set(attribute, .descriptor, descriptors.map(\.handle))
    }

    func finalize() throws(BackendError) {
      try library.check(library.finalize(handle), "cudnnBackendFinalize (\(kind))")
    }

    func int64(_ attribute: Attribute) throws(BackendError) -> Int64 {
      var (value, count) = (Int64(0), Int64(0))
      let status = library.getAttribute(
        handle, attribute.rawValue, ValueType.int64.rawValue, 1, &count, &value)
      try library.check(status, "cudnnBackendGetAttribute (\(attribute) of \(kind))")
      return value
    }

    /// What is particular about an engine's rounding.
    func notes() throws(BackendError) -> [Int32] {
      var notes = [Int32](repeating: -1, count: 16)
      var count: Int64 = 0
      let status = library.getAttribute(
        handle, Attribute.engineNotes.rawValue, ValueType.numericalNote.rawValue,
        Int64(notes.count), &count, &notes)
      try library.check(status, "cudnnBackendGetAttribute (notes)")
      return Array(notes.prefix(Int(count)))
    }

    /// Fills as many of `descriptors` as there are results and returns those.
    func results(
      _ attribute: Attribute, into descriptors: [Descriptor]
    ) throws(BackendError) -> [Descriptor] {
      var handles = descriptors.map { Optional($0.handle) }
      var count: Int64 = 0
      let status = library.getAttribute(
        handle, attribute.rawValue, ValueType.descriptor.rawValue, Int64(handles.count), &count,
        &handles)
      try library.check(status, "cudnnBackendGetAttribute (\(attribute) of \(kind))")
      return Array(descriptors.prefix(Int(count)))
    }
  }

  func execute(_ plan: Descriptor, _ pack: Descriptor) throws(BackendError) {
    try check(executePlan(handle, plan.handle, pack.handle), "cudnnBackendExecute")
  }
}
