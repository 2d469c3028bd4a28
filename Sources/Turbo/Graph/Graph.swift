/// A model as data: operations on values of fixed shape, in an order in which they can run.
///
/// One picture or one prompt at a time, so there is no batch dimension. Shapes are `[rows, C]`
/// for tokens and vectors, `[H, W, C]` for pictures: channels innermost, so that a picture is
/// already the token matrix `[H·W, C]` of a transformer. Backends compile a graph; none of them
/// knows which model it is.
struct Graph: Sendable {
  /// The result of the node with the same index.
  struct Value: Hashable, Sendable {
    let index: Int
  }

  struct Node: Sendable {
    var operation: Operation
    var inputs: [Value]
    var shape: [Int]
  }

  var nodes: [Node] = []
  var inputs: [String: Value] = [:]
  var outputs: [String: Value] = [:]

  subscript(value: Value) -> Node { nodes[value.index] }

  func shape(_ value: Value) -> [Int] { nodes[value.index].shape }

  /// The value whose memory a value shares: a reshape's is that of what it reshapes.
  func alias(_ value: Value) -> Value {
    var value = value
    while self[value].operation.isReshape { value = self[value].inputs[0] }
    return value
  }

  /// Every parameter that the graph names, in order of first use.
  var parameters: [Parameter] {
    var seen: Set<String> = []
    return nodes.flatMap(\.operation.parameters).filter { seen.insert($0.key).inserted }
  }

  /// The graph without the nodes that no output needs. Inputs stay.
  func pruned() -> Graph {
    var needed = Set(outputs.values).union(inputs.values)
    for index in nodes.indices.reversed() where needed.contains(Value(index: index)) {
      needed.formUnion(nodes[index].inputs)
    }
    var result = Graph()
    var moved: [Value: Value] = [:]
    for index in nodes.indices where needed.contains(Value(index: index)) {
      var node = nodes[index]
      node.inputs = node.inputs.compactMap { moved[$0] }
      moved[Value(index: index)] = Value(index: result.nodes.count)
      result.nodes.append(node)
    }
    result.inputs = inputs.compactMapValues { moved[$0] }
    result.outputs = outputs.compactMapValues { moved[$0] }
    return result
  }
}

/// A tensor of the checkpoint: its key there and the shape that the configuration demands.
struct Parameter: Hashable, Sendable {
  let key: String
  let shape: [Int]
}

extension [Int] {
  /// The number of elements of this shape.
  var elementCount: Int { reduce(1, *) }
  /// The number of rows of this shape seen as a matrix with channels innermost.
  var rowCount: Int { dropLast().reduce(1, *) }
  var channelCount: Int { last ?? 1 }
}
