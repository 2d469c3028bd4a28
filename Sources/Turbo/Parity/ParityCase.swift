/// One operation on random numbers, to be computed by two backends.
struct ParityCase: Sendable {
  /// What an input holds.
  enum Content: Sendable {
    case numbers
    /// Row or token numbers below a count.
    case rows(Int)
  }

  typealias Body = @Sendable (ModuleBuilder, [Graph.Value]) -> Graph.Value

  let name: String
  let inputs: [(shape: [Int], content: Content)]
  let precisions: [Precision]
  /// Arithmetic operations of one run, where they are worth counting.
  let operations: Int
  let body: Body

  init(
    _ name: String, _ shapes: [[Int]],
    in precisions: [Precision] = [.float16, .bfloat16, .float32],
    operations: Int = 0, contents: [Content] = [], _ body: @escaping Body
  ) {
    self.name = name
    inputs = shapes.enumerated().map {
      ($0.element, $0.offset < contents.count ? contents[$0.offset] : .numbers)
    }
    self.precisions = precisions
    self.operations = operations
    self.body = body
  }

  var graph: Graph {
    let m = ModuleBuilder()
    let values = inputs.enumerated().map { m.input("x\($0.offset)", shape: $0.element.shape) }
    m.output("y", body(m["layer"], values))
    return m.graph
  }

  /// Values for all inputs.
  func values() -> [String: [Float]] {
    var random = RandomNumbers(seed: 7)
    var values: [String: [Float]] = [:]
    for (index, input) in inputs.enumerated() {
      let count = input.shape.elementCount
      switch input.content {
      case .numbers: values["x\(index)"] = random.values(count)
      case .rows(let limit):
        values["x\(index)"] = (0..<count).map { Float(($0 * 7919 + 13) % limit) }
      }
    }
    return values
  }
}
