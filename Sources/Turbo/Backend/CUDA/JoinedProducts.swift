/// Finds the linear layers that make an attention's queries, keys and values of one source, to be
/// computed as one product: three small products leave most of a GPU idle.
struct JoinedProducts {
  /// The layers of each layer that is joined, itself included, in the order of the graph.
  private(set) var members: [Int: [Int]] = [:]

  init(_ graph: Graph, _ fusion: Fusion, _ precision: Precision) {
    var uses: [Graph.Value: Int] = [:]
    for node in graph.nodes { for input in node.inputs { uses[input, default: 0] += 1 } }
    for output in graph.outputs.values { uses[output, default: 0] += 1 }
    var parameterUses: [String: Int] = [:]
    for parameter in graph.nodes.flatMap(\.operation.parameters) {
      parameterUses[parameter.key, default: 0] += 1
    }

    func isJoinable(_ value: Graph.Value) -> Bool {
      guard case .linear = graph[value].operation, uses[value] == 1,
        fusion.groups[value.index]?.root == value.index
      else { return false }
      // Weights are aligned each; only those that fill their place lie side by side, and only those
      // that no other layer has brought before.
      return graph[value].operation.parameters.allSatisfy {
        ($0.shape.elementCount * precision.deviceSize).isMultiple(of: CUDASchedule.alignment)
          && parameterUses[$0.key] == 1
      }
    }
    func areAlike(_ a: Graph.Value, _ b: Graph.Value) -> Bool {
      graph[a].inputs == graph[b].inputs
        && graph[a].operation.parameters.count == graph[b].operation.parameters.count
    }

    for node in graph.nodes {
      guard case .attention(let heads, let causal) = node.operation else { continue }
      let attention = CUDAAttention(
        queries: node.shape.rowCount, keys: graph.shape(node.inputs[1]).rowCount,
        channels: node.shape.channelCount, heads: heads, causal: causal, precision: precision)
      let (query, key, value) = (node.inputs[0], node.inputs[1], node.inputs[2])
      guard attention.takesStrides, key != value, isJoinable(key), isJoinable(value),
        areAlike(key, value)
      else { continue }
      let isWhole = query != key && isJoinable(query) && areAlike(query, key)
      let joined = ((isWhole ? [query] : []) + [key, value]).map(\.index).sorted()
      for member in joined { members[member] = joined }
    }
  }
}
