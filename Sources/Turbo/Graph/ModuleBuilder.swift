/// Builds a graph along the key paths of a checkpoint: `module["norm1"].groupNorm(x, …)` reads
/// `….norm1.weight` and `….norm1.bias`, so the structure of the code is the map of the keys.
struct ModuleBuilder {
  typealias Value = Graph.Value

  private final class Storage {
    var graph = Graph()
  }

  private let storage: Storage
  private let path: String

  init() {
    storage = Storage()
    path = ""
  }

  private init(_ storage: Storage, path: String) {
    self.storage = storage
    self.path = path
  }

  var graph: Graph { storage.graph }

  subscript(name: String) -> ModuleBuilder {
    ModuleBuilder(storage, path: path.isEmpty ? name : path + "." + name)
  }
  subscript(index: Int) -> ModuleBuilder { self[String(index)] }

  func shape(_ value: Value) -> [Int] { storage.graph.shape(value) }

  private func parameter(_ name: String, _ shape: [Int]) -> Parameter {
    Parameter(key: self[name].path, shape: shape)
  }

  private func append(_ operation: Operation, _ inputs: [Value], _ shape: [Int]) -> Value {
    storage.graph.nodes.append(.init(operation: operation, inputs: inputs, shape: shape))
    return Value(index: storage.graph.nodes.count - 1)
  }

  private func withChannels(_ value: Value, _ channels: Int) -> [Int] {
    shape(value).dropLast() + [channels]
  }
}

// MARK: - Inputs and outputs

extension ModuleBuilder {
  func input(_ name: String, shape: [Int]) -> Value {
    let value = append(.input(name), [], shape)
    storage.graph.inputs[name] = value
    return value
  }

  func output(_ name: String, _ value: Value) {
    storage.graph.outputs[name] = value
  }
}

// MARK: - Layers with parameters

extension ModuleBuilder {
  func linear(_ x: Value, to channels: Int, bias: Bool = true) -> Value {
    linear(x, weightShape: [channels, shape(x).channelCount], bias: bias)
  }

  /// A 1×1 convolution.
  func pointwise(_ x: Value, to channels: Int, bias: Bool = true) -> Value {
    linear(x, weightShape: [channels, shape(x).channelCount, 1, 1], bias: bias)
  }

  private func linear(_ x: Value, weightShape: [Int], bias: Bool) -> Value {
    append(
      .linear(
        weight: parameter("weight", weightShape),
        bias: bias ? parameter("bias", [weightShape[0]]) : nil),
      [x], withChannels(x, weightShape[0]))
  }

  func convolution(
    _ x: Value, to channels: Int, kernel: Int = 3, stride: Int = 1, bias: Bool = true
  ) -> Value {
    let s = shape(x)
    let padding = kernel / 2
    func reduced(_ n: Int) -> Int { (n + 2 * padding - kernel) / stride + 1 }
    return append(
      .convolution(
        weight: parameter("weight", [channels, s[2], kernel, kernel]),
        bias: bias ? parameter("bias", [channels]) : nil, stride: stride, padding: padding),
      [x], [reduced(s[0]), reduced(s[1]), channels])
  }

  func groupNorm(
    _ x: Value, groups: Int, epsilon: Float, activation: Activation = .identity
  ) -> Value {
    let c = shape(x).channelCount
    return append(
      .groupNorm(
        scale: parameter("weight", [c]), shift: parameter("bias", [c]), groups: groups,
        epsilon: epsilon, activation: activation), [x], shape(x))
  }

  func layerNorm(_ x: Value, epsilon: Float = 1e-5) -> Value {
    let c = shape(x).channelCount
    return append(
      .layerNorm(
        scale: parameter("weight", [c]), shift: parameter("bias", [c]), epsilon: epsilon),
      [x], shape(x))
  }

  func embedding(_ ids: Value, vocabulary: Int, channels: Int) -> Value {
    append(
      .embedding(table: parameter("weight", [vocabulary, channels])), [ids],
      [shape(ids).elementCount, channels])
  }

  /// The module's weight itself, as a value.
  func weight(shape: [Int]) -> Value {
    append(.parameter(parameter("weight", shape)), [], shape)
  }
}

// MARK: - Functions without parameters

extension ModuleBuilder {
  func activation(_ x: Value, _ activation: Activation) -> Value {
    append(.activation(activation), [x], shape(x))
  }

  func add(_ a: Value, _ b: Value) -> Value { append(.add, [a, b], shape(a)) }

  func affine(_ x: Value, scale: Float, offset: Float = 0) -> Value {
    append(.affine(scale: scale, offset: offset), [x], shape(x))
  }

  func gatedGELU(_ x: Value) -> Value {
    append(.gatedGELU, [x], withChannels(x, shape(x).channelCount / 2))
  }

  func attention(_ q: Value, _ k: Value, _ v: Value, heads: Int, causal: Bool = false) -> Value {
    append(.attention(heads: heads, causal: causal), [q, k, v], shape(q))
  }

  func upsample(_ x: Value, height: Int, width: Int) -> Value {
    append(.upsample, [x], [height, width, shape(x).channelCount])
  }

  func concatenate(_ a: Value, _ b: Value) -> Value {
    append(
      .concatenate, [a, b], withChannels(a, shape(a).channelCount + shape(b).channelCount))
  }

  func sinusoid(_ x: Value, channels: Int, cosineFirst: Bool, frequencyShift: Float) -> Value {
    append(
      .sinusoid(cosineFirst: cosineFirst, frequencyShift: frequencyShift), [x],
      [shape(x).elementCount, channels])
  }

  func pickRows(_ x: Value, _ rows: Value) -> Value {
    append(.pickRows, [x, rows], [shape(rows).elementCount, shape(x).channelCount])
  }

  func reshape(_ x: Value, _ shape: [Int]) -> Value { append(.reshape, [x], shape) }
}
