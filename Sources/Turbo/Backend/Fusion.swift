/// Finds activations and sums that can be done in the same pass as the product before them.
struct Fusion {
  struct Group {
    /// The linear layer or convolution.
    var root: Int
    /// The node whose value the group computes.
    var last: Int
    var epilogues: [Epilogue] = []
    /// What the epilogues add, in order.
    var operands: [Graph.Value] = []
    /// What a convolution reads: the root's input, or what that doubles.
    var source: Graph.Value
    /// Whether the source is doubled as it is read.
    var isDoubled = false
  }

  /// Groups by their last node.
  private(set) var groups: [Int: Group] = [:]
  /// Nodes whose work is done by the group of a later node.
  private(set) var absorbed: Set<Int> = []

  private let graph: Graph
  private let users: [[Int]]

  /// - Parameter readsDoubled: whether the backend's convolution can double its source as it reads it.
  init(_ graph: Graph, readsDoubled: (Operation) -> Bool) {
    self.graph = graph
    var users = Array(repeating: [Int](), count: graph.nodes.count)
    for (index, node) in graph.nodes.enumerated() where !node.operation.isReshape {
      for input in node.inputs { users[graph.alias(input).index].append(index) }
    }
    // A value that leaves the graph has a user besides the nodes.
    for output in graph.outputs.values {
      users[graph.alias(output).index].append(graph.nodes.count)
    }
    self.users = users

    var taken: Set<Int> = []
    for (index, node) in graph.nodes.enumerated() where node.operation.isProduct {
      var group = Group(root: index, last: index, source: node.inputs[0])
      if let source = doubled(by: node), readsDoubled(node.operation) {
        absorbed.insert(group.source.index)
        group.source = source
        group.isDoubled = true
      }
      while let next = epilogue(after: &group, taken) {
        absorbed.insert(group.last)
        taken.insert(next)
        group.last = next
      }
      groups[group.last] = group
    }
  }

  /// What a 3×3 convolution's source is the double of, if nothing else reads the double.
  private func doubled(by node: Graph.Node) -> Graph.Value? {
    guard case .convolution(let weight, _, 1, _) = node.operation, weight.shape[3] == 3,
      case .upsample = graph[node.inputs[0]].operation, users[node.inputs[0].index].count == 1
    else { return nil }
    let source = graph[node.inputs[0]].inputs[0]
    let (from, to) = (graph.shape(source), graph.shape(node.inputs[0]))
    return to[0] == 2 * from[0] && to[1] == 2 * from[1] ? source : nil
  }

  /// The node to absorb next, if any, whose epilogue is then added to `group`.
  private func epilogue(
    after group: inout Group, _ taken: Set<Int>
  ) -> Int? {
    let value = Graph.Value(index: group.last)
    guard users[value.index].count == 1, let next = users[value.index].first,
      next < graph.nodes.count, !taken.contains(next)
    else { return nil }
    let node = graph.nodes[next]
    switch node.operation {
    case .activation(let activation):
      group.epilogues.append(.activation(activation))
    case .add:
      let shape = graph.shape(value)
      guard node.shape.elementCount == shape.elementCount,
        let other = node.inputs.first(where: { graph.alias($0) != value })
      else { return nil }
      if graph.shape(other).elementCount == shape.elementCount {
        group.epilogues.append(.add)
      } else if graph.alias(node.inputs[0]) == value {
        group.epilogues.append(.addVector)
      } else {
        return nil
      }
      group.operands.append(other)
    default:
      return nil
    }
    return next
  }
}

extension Operation {
  /// Whether this is a matrix product or a convolution with trained weights.
  var isProduct: Bool {
    switch self {
    case .linear, .convolution: true
    default: false
    }
  }

  var isReshape: Bool {
    if case .reshape = self { true } else { false }
  }
}
