/// Every operation that is no product.
extension CUDALowering {
  mutating func lower(_ value: Graph.Value) throws {
    let node = graph[value]
    switch node.operation {
    case .reshape: break
    case .input(let name): placeInput(value, name)
    case .parameter(let parameter): place(value, .weight(try weight(parameter)))
    case .embedding(let table):
      let rows = Place.weight(try weight(table))
      lowerPick(value, rows, count: table.shape[0], numbers: node.inputs[0])
    case .pickRows:
      let rows = reals(of: node.inputs[0])
      lowerPick(value, rows, count: graph.shape(node.inputs[0]).rowCount, numbers: node.inputs[1])
    case .linear, .convolution: break  // in fusion groups, all of them
    case .groupNorm(let scale, let shift, let groups, let epsilon, let activation):
      try lowerGroupNorm(value, scale, shift, groups, epsilon, activation)
    case .layerNorm(let scale, let shift, let epsilon):
      try lowerLayerNorm(value, scale, shift, epsilon)
    case .activation(let activation):
      lowerCombine(value, node.inputs[0], other: nil, activation)
    case .add:
      lowerCombine(value, node.inputs[0], other: node.inputs[1], .identity)
    case .affine(let scale, let offset): lowerAffine(value, scale, offset)
    case .gatedGELU: lowerGatedGELU(value)
    case .attention(let heads, let causal):
      lowerAttention(value, heads: heads, causal: causal)
    case .upsample: lowerUpsample(value)
    case .concatenate: lowerConcatenate(value)
    case .sinusoid(let cosineFirst, let shift): lowerSinusoid(value, cosineFirst, shift)
    }
  }

  private mutating func lowerPick(
    _ value: Graph.Value, _ rows: Place, count: Int, numbers: Graph.Value
  ) {
    let shape = graph.shape(value)
    let numbers = floats(of: numbers)
    let result = newBuffer(for: value)
    launch("pick rows", reads: [rows, .buffer(numbers)], writes: [result]) { device, at in
      Launch.over(
        shape.elementCount, "pick_rows", device,
        [
          .address(at[rows]), .address(at[numbers]),
          .address(at[result]), .long(shape.elementCount),
          .int(shape.channelCount), .int(count),
        ])
    }
  }

  private mutating func lowerGroupNorm(
    _ value: Graph.Value, _ scale: Parameter, _ shift: Parameter, _ groups: Int, _ epsilon: Float,
    _ activation: Activation
  ) throws {
    let source = reals(of: graph[value].inputs[0])
    let (scaleID, shiftID) = (try weight(scale), try weight(shift))
    let norm = GroupNormPlan(
      rows: graph.shape(value).rowCount, channels: graph.shape(value).channelCount,
      groups: groups, epsilon: epsilon, activation: activation, processors: processors)
    let result = newBuffer(for: value)
    let parts = newBuffer(floats: norm.partCount)
    let factors = newBuffer(floats: norm.factorCount)
    let precision = precision
    append("group norm", reads: [source], writes: [result, parts, factors]) {
      (device, at) throws(BackendError) in
      var steps: [CUDAProgram.Step] = []
      for launch in norm.launches(
        device, source: at[source], scale: at[scaleID],
        shift: at[shiftID], parts: at[parts],
        factors: at[factors], result: at[result])
      {
        steps.append(try launch.prepare(device, precision))
      }
      return steps
    }
  }

  private mutating func lowerLayerNorm(
    _ value: Graph.Value, _ scale: Parameter, _ shift: Parameter, _ epsilon: Float
  ) throws {
    let source = reals(of: graph[value].inputs[0])
    let (scaleID, shiftID) = (try weight(scale), try weight(shift))
    let shape = graph.shape(value)
    let result = newBuffer(for: value)
    launch("layer norm", reads: [source], writes: [result]) { _, at in
      let n = Elementwise.width(shape.channelCount)
      let packs = shape.channelCount / n
      return Launch(
        kernel: "layer_norm\(n)", grid: (shape.rowCount, 1),
        block: (packs > 128 ? 256 : packs > 64 ? 128 : 64, 1),
        arguments: [
          .address(at[source]), .address(at[result]),
          .address(at[scaleID]), .address(at[shiftID]),
          .int(packs), .float(epsilon),
        ])
    }
  }

  /// y = f(x + other), the other a picture or a vector.
  private mutating func lowerCombine(
    _ value: Graph.Value, _ input: Graph.Value, other: Graph.Value?, _ activation: Activation
  ) {
    let shape = graph.shape(value)
    let isVector =
      other.map {
        graph.shape($0).elementCount == shape.channelCount && shape.rowCount > 1
      } ?? false
    let (source, added) = (reals(of: input), other.map { reals(of: $0) })
    let result = newBuffer(for: value)
    launch(
      other == nil ? "activation" : "add", reads: [source] + (added.map { [$0] } ?? []),
      writes: [result]
    ) { device, at in
      let address = added.map { at[$0] }
      return Elementwise.combine(
        at[source], vector: isVector ? address : nil, addend: isVector ? nil : address,
        to: at[result], shape: shape, activation, device)
    }
  }

  private mutating func lowerAffine(_ value: Graph.Value, _ scale: Float, _ offset: Float) {
    let source = reals(of: graph[value].inputs[0])
    let count = graph.shape(value).elementCount
    let result = newBuffer(for: value)
    launch("affine", reads: [source], writes: [result]) { device, at in
      Launch.over(
        count, "affine", device,
        [
          .address(at[source]), .address(at[result]), .long(count),
          .float(scale), .float(offset),
        ])
    }
  }

  private mutating func lowerGatedGELU(_ value: Graph.Value) {
    let source = reals(of: graph[value].inputs[0])
    let shape = graph.shape(value)
    let result = newBuffer(for: value)
    launch("gated gelu", reads: [source], writes: [result]) { device, at in
      let n = Elementwise.width(shape.channelCount)
      return Launch.over(
        shape.elementCount / n, "gated_gelu\(n)", device,
        [
          .address(at[source]), .address(at[result]),
          .long(shape.elementCount / n), .int(shape.channelCount / n),
        ])
    }
  }

  private mutating func lowerAttention(_ value: Graph.Value, heads: Int, causal: Bool) {
    let inputs = graph[value].inputs
    let attention = CUDAAttention(
      queries: graph.shape(value).rowCount, keys: graph.shape(inputs[1]).rowCount,
      channels: graph.shape(value).channelCount, heads: heads, causal: causal,
      precision: precision)
    let reads = inputs.map { reals(of: $0) }
    let result = newBuffer(for: value)
    var writes = [result]
    if attention.scoreCount > 0 { writes.append(newBuffer(reals: attention.scoreCount)) }
    let size = precision.deviceSize
    let parts = inputs.map { slice($0) }
    append("attention", reads: reads, writes: writes) {
      [writes] (device, at) throws(BackendError) in
      let operands = zip(reads, parts).map { at[$0] + UInt64($1.offset * size) }
      return try attention.prepare(
        device, query: operands[0], key: operands[1], value: operands[2],
        result: at[result],
        scores: writes.count > 1 ? at[writes[1]] : 0,
        strides: (parts[0].stride, parts[1].stride))
    }
  }

  private mutating func lowerUpsample(_ value: Graph.Value) {
    let from = graph.shape(graph[value].inputs[0])
    let source = reals(of: graph[value].inputs[0])
    let shape = graph.shape(value)
    let result = newBuffer(for: value)
    launch("upsample", reads: [source], writes: [result]) { device, at in
      let n = Elementwise.width(shape.channelCount)
      return Launch.over(
        shape.elementCount / n, "upsample\(n)", device,
        [
          .address(at[source]), .address(at[result]),
          .long(shape.elementCount / n), .int(from[0]), .int(from[1]), .int(shape[0]),
          .int(shape[1]), .int(shape.channelCount / n),
        ])
    }
  }

  private mutating func lowerConcatenate(_ value: Graph.Value) {
    let inputs = graph[value].inputs
    let (a, b) = (reals(of: inputs[0]), reals(of: inputs[1]))
    let widths = inputs.map { graph.shape($0).channelCount }
    let shape = graph.shape(value)
    let result = newBuffer(for: value)
    launch("concatenate", reads: [a, b], writes: [result]) { device, at in
      let n = widths.allSatisfy { $0.isMultiple(of: 8) } ? 8 : 1
      return Launch.over(
        shape.elementCount / n, "concatenate\(n)", device,
        [
          .address(at[a]), .int(widths[0] / n), .address(at[b]),
          .int(widths[1] / n), .address(at[result]), .long(shape.elementCount / n),
        ])
    }
  }

  private mutating func lowerSinusoid(_ value: Graph.Value, _ cosineFirst: Bool, _ shift: Float) {
    let source = floats(of: graph[value].inputs[0])
    let shape = graph.shape(value)
    let result = newBuffer(for: value)
    launch("sinusoid", reads: [.buffer(source)], writes: [result]) { device, at in
      Launch.over(
        shape.elementCount, "sinusoid", device,
        [
          .address(at[source]), .address(at[result]),
          .long(shape.elementCount), .int(shape.channelCount), .int(cosineFirst ? 1 : 0),
          .float(shift),
        ])
    }
  }
}
