extension Checkpoint {
  /// Throws unless the checkpoint holds exactly what the graph names, in the graph's shapes; keys
  /// that may be left over are given as for ``audit(ignoring:)``.
  func verify(_ graph: Graph, ignoring ignored: [String]) throws(CheckpointError) {
    for parameter in graph.parameters {
      _ = try tensor(parameter.key, shape: parameter.shape)
    }
    try audit(ignoring: ignored)
  }
}
