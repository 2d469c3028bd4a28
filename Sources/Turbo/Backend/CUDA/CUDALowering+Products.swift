/// Linear layers and convolutions with the sums and functions that follow them.
extension CUDALowering {
  /// Sums and a function in one pass over a product's result.
  private struct Stage {
    var vector, addend: Place?
    var activation = Activation.identity
  }

  /// The group's epilogues, as few passes as they can be done in.
  private mutating func stages(_ group: Fusion.Group) -> [Stage] {
    var stages = [Stage()]
    var operands = group.operands[...]
    for epilogue in group.epilogues {
      let last = stages[stages.count - 1]
      let isTaken =
        switch epilogue {
        case .activation: false
        case .add: last.addend != nil
        case .addVector: last.vector != nil
        }
      if isTaken || last.activation != .identity { stages.append(Stage()) }
      switch epilogue {
      case .activation(let activation): stages[stages.count - 1].activation = activation
      case .add: stages[stages.count - 1].addend = operands.popFirst().map { reals(of: $0) }
      case .addVector: stages[stages.count - 1].vector = operands.popFirst().map { reals(of: $0) }
      }
    }
    return stages
  }

  mutating func lowerProduct(_ group: Fusion.Group) throws {
    let operation = graph.nodes[group.root].operation
    let source = reals(of: group.source)
    let stages = stages(group)
    let first = stages[0]
    let shape = graph.nodes[group.root].shape
    // The result has the shape of the last node, of the same count.
    let result = newBuffer(for: graph.alias(Graph.Value(index: group.last)))
    switch operation {
    case .convolution(let weight, let bias, let stride, let padding):
      try lowerConvolution(
        source, graph.shape(group.source), weight, bias, stride, padding, first, result, shape)
    case .linear(let weight, let bias):
      try lowerLinear(source, weight, bias, first, result, shape)
    default: preconditionFailure("\(operation) is no product")
    }
    var rest = stages
    // A product has taken the addend; the vector only a convolution has, with its bias.
    rest[0].addend = nil
    if case .convolution = operation { rest[0].vector = nil }
    for stage in rest
    where stage.activation != .identity || stage.vector != nil || stage.addend != nil {
      lowerStage(stage, result, shape)
    }
  }

  private mutating func lowerStage(_ stage: Stage, _ result: BufferID, _ shape: [Int]) {
    let reads = [.buffer(result)] + [stage.vector, stage.addend].compactMap { $0 }
    launch("epilogue", reads: reads, writes: [result]) { device, at in
      let address = at[result]
      return Elementwise.combine(
        address, vector: stage.vector.map { at[$0] }, addend: stage.addend.map { at[$0] },
        to: address, shape: shape, stage.activation, device)
    }
  }

  private mutating func lowerLinear(
    _ source: Place, _ weight: Parameter, _ bias: Parameter?, _ stage: Stage, _ result: BufferID,
    _ shape: [Int]
  ) throws {
    let (weightID, biasID) = (try self.weight(weight), try bias.map { try self.weight($0) })
    let product = MatrixProduct.Shape(
      rows: shape.rowCount, inner: weight.shape[1], columns: weight.shape[0],
      precision: precision, hasBias: bias != nil, hasAddend: stage.addend != nil)
    let name = "linear \(product.columns)x\(product.inner) to \(product.rows)"
    let reads = [source] + (stage.addend.map { [$0] } ?? [])
    append(name, reads: reads, writes: [result]) { (device, at) throws(BackendError) in
      try LinearLayer(shape: product, device: device).prepare(
        .init(
          source: at[source], weight: at[weightID],
          result: at[result], bias: biasID.map { at[$0] },
          addend: stage.addend.map { at[$0] }))
    }
  }

  /// Several linear layers of one source as one product, their results side by side.
  mutating func lowerJoined(_ members: [Int]) throws {
    let source = reals(of: graph.nodes[members[0]].inputs[0])
    let rows = graph.nodes[members[0]].shape.rowCount
    // In this order their weights lie one behind the other, as those of one layer would.
    let parameters = members.map { graph.nodes[$0].operation.parameters }
    let weights = try parameters.map { try weight($0[0]) }
    let biases = try parameters.flatMap { $0.dropFirst() }.map { try weight($0) }
    let columns = parameters.map { $0[0].shape[0] }.reduce(0, +)
    let result = newBuffer(reals: rows * columns)
    var offset = 0
    for member in members {
      let value = Graph.Value(index: member)
      place(value, result, Slice(offset: offset, stride: columns))
      offset += graph.shape(value).channelCount
    }
    let product = MatrixProduct.Shape(
      rows: rows, inner: parameters[0][0].shape[1], columns: columns, precision: precision,
      hasBias: !biases.isEmpty)
    append(
      "linear \(columns)x\(product.inner) to \(rows)", reads: [source], writes: [result]
    ) { (device, at) throws(BackendError) in
      try LinearLayer(shape: product, device: device).prepare(
        .init(
          source: at[source], weight: at[weights[0]],
          result: at[result], bias: biases.first.map { at[$0] }))
    }
  }

  private mutating func lowerConvolution(
    _ source: Place, _ sourceShape: [Int], _ weight: Parameter, _ bias: Parameter?, _ stride: Int,
    _ padding: Int, _ stage: Stage, _ result: BufferID, _ shape: [Int]
  ) throws {
    let kernel = weight.shape[3]
    let weightID = try self.weight(weight, taps: kernel * kernel)
    let biasPlace = try bias.map { Place.weight(try self.weight($0)) }
    let convolution = ConvolutionPlan.Shape(
      source: sourceShape, result: shape, kernel: kernel, stride: stride, padding: padding,
      precision: precision)
    var vector = biasPlace ?? stage.vector
    if let bias = biasPlace, let added = stage.vector {
      // One vector for the convolution to add: the bias and what the group adds.
      let sum = newBuffer(reals: shape.channelCount)
      launch("epilogue", reads: [added], writes: [sum]) { device, at in
        Elementwise.combine(
          at[added], bias: at[bias], to: at[sum],
          shape: [1, shape.channelCount], .identity, device)
      }
      vector = .buffer(sum)
    }
    let size = weight.shape.map(String.init).joined(separator: "x")
    let name = "convolution \(size) to \(shape[0])x\(shape[1])"
    let reads = [source] + [vector, stage.addend].compactMap { $0 }
    append(name, reads: reads, writes: [result]) { [vector] (device, at) throws(BackendError) in
      try CUDAConvolution(shape: convolution, device: device).prepare(
        .init(
          source: at[source], weight: at[weightID],
          result: at[result], bias: vector.map { at[$0] },
          addend: stage.addend.map { at[$0] }))
    }
  }
}
