import Glibc

@testable import Turbo

/// A graph run the plainest way, in double precision: what every fast backend must agree with.
struct ReferenceProgram {
  let graph: Graph
  let checkpoint: Checkpoint

  /// Runs the graph and returns its outputs.
  func run(_ inputs: [String: [Float]]) throws -> [String: [Float]] {
    var values: [[Double]] = []
    for node in graph.nodes {
      let arguments = node.inputs.map { (x: values[$0.index], shape: graph.shape($0)) }
      values.append(try evaluate(node, arguments, inputs))
    }
    return graph.outputs.mapValues { values[$0.index].map { Float($0) } }
  }

  private func load(_ parameter: Parameter?) throws -> [Double]? {
    guard let parameter else { return nil }
    return try checkpoint.tensor(parameter.key, shape: parameter.shape).float32().map { Double($0) }
  }

  private func evaluate(
    _ node: Graph.Node, _ inputs: [(x: [Double], shape: [Int])], _ given: [String: [Float]]
  ) throws -> [Double] {
    let channels = node.shape.channelCount
    switch node.operation {
    case .input(let name):
      return (given[name] ?? []).map { Double($0) }
    case .parameter(let parameter):
      return try load(parameter) ?? []
    case .embedding(let table):
      return Self.rows(try load(table) ?? [], inputs[0].x, width: channels)
    case .pickRows:
      return Self.rows(inputs[0].x, inputs[1].x, width: channels)
    case .linear(let weight, let bias):
      return Self.linear(inputs[0], try load(weight) ?? [], try load(bias), to: channels)
    case .convolution(let weight, let bias, let stride, let padding):
      return Self.convolution(
        inputs[0], try load(weight) ?? [], try load(bias), to: node.shape,
        kernel: weight.shape[3], stride: stride, padding: padding)
    case .groupNorm(let scale, let shift, let groups, let epsilon, let activation):
      return Self.groupNorm(
        inputs[0], try load(scale) ?? [], try load(shift) ?? [], groups: groups,
        epsilon: Double(epsilon)
      ).map(activation.reference)
    case .layerNorm(let scale, let shift, let epsilon):
      let (scale, shift) = (try load(scale) ?? [], try load(shift) ?? [])
      return Self.eachRow(inputs[0].x, channels) { row in
        let normal = Self.normalized(row, epsilon: Double(epsilon))
        return normal.indices.map { normal[$0] * scale[$0] + shift[$0] }
      }
    case .activation(let activation):
      return inputs[0].x.map(activation.reference)
    case .add:
      return inputs[0].x.indices.map { inputs[0].x[$0] + inputs[1].x[$0 % inputs[1].x.count] }
    case .affine(let scale, let offset):
      return inputs[0].x.map { $0 * Double(scale) + Double(offset) }
    case .gatedGELU:
      return Self.eachRow(inputs[0].x, 2 * channels) { row in
        (0..<channels).map { row[$0] * Activation.gelu.reference(row[channels + $0]) }
      }
    case .attention(let heads, let causal):
      return Self.attention(inputs.map(\.x), channels: channels, heads: heads, causal: causal)
    case .upsample:
      let (h, w) = (inputs[0].shape[0], inputs[0].shape[1])
      let (outH, outW) = (node.shape[0], node.shape[1])
      return (0..<node.shape.elementCount).map { index in
        let (y, x, c) = (index / channels / outW, index / channels % outW, index % channels)
        return inputs[0].x[(y * h / outH * w + x * w / outW) * channels + c]
      }
    case .concatenate:
      let widths = inputs.map(\.shape.channelCount)
      return (0..<node.shape.rowCount).flatMap { row in
        zip(inputs, widths).flatMap { $0.x[row * $1..<(row + 1) * $1] }
      }
    case .sinusoid(let cosineFirst, let shift):
      return inputs[0].x.flatMap { x in
        Self.sinusoid(x, channels, cosineFirst: cosineFirst, shift: Double(shift))
      }
    case .reshape:
      return inputs[0].x
    }
  }
}

// MARK: - Operations

extension ReferenceProgram {
  private typealias Input = (x: [Double], shape: [Int])

  private static func rows(_ table: [Double], _ indices: [Double], width: Int) -> [Double] {
    indices.flatMap { table[Int($0) * width..<(Int($0) + 1) * width] }
  }

  private static func eachRow(
    _ x: [Double], _ width: Int, _ body: ([Double]) -> [Double]
  ) -> [Double] {
    stride(from: 0, to: x.count, by: width).flatMap { body(Array(x[$0..<$0 + width])) }
  }

  private static func sinusoid(
    _ x: Double, _ channels: Int, cosineFirst: Bool, shift: Double
  ) -> [Double] {
    let half = channels / 2
    let angles = (0..<half).map { (i: Int) -> Double in
      x * exp(-log(10000.0) * Double(i) / (Double(half) - shift))
    }
    let (sines, cosines) = (angles.map { sin($0) }, angles.map { cos($0) })
    let padding = Array(repeating: 0.0, count: channels - 2 * half)
    return (cosineFirst ? cosines + sines : sines + cosines) + padding
  }

  private static func linear(
    _ input: Input, _ weight: [Double], _ bias: [Double]?, to channels: Int
  ) -> [Double] {
    let width = input.shape.channelCount
    return eachRow(input.x, width) { row in
      (0..<channels).map { (o: Int) -> Double in
        var sum = bias?[o] ?? 0
        for c in 0..<width { sum += row[c] * weight[o * width + c] }
        return sum
      }
    }
  }

  private static func convolution(
    _ input: Input, _ weight: [Double], _ bias: [Double]?, to shape: [Int], kernel: Int,
    stride: Int, padding: Int
  ) -> [Double] {
    let (h, w, channels) = (input.shape[0], input.shape[1], input.shape[2])
    var result: [Double] = []
    result.reserveCapacity(shape.elementCount)
    for y in 0..<shape[0] {
      for x in 0..<shape[1] {
        for o in 0..<shape[2] {
          var sum = bias?[o] ?? 0
          for ky in 0..<kernel {
            for kx in 0..<kernel {
              let (sy, sx) = (y * stride + ky - padding, x * stride + kx - padding)
              guard (0..<h).contains(sy), (0..<w).contains(sx) else { continue }
              for c in 0..<channels {
                sum +=
                  input.x[(sy * w + sx) * channels + c]
                  * weight[((o * channels + c) * kernel + ky) * kernel + kx]
              }
            }
          }
          result.append(sum)
        }
      }
    }
    return result
  }

  private static func normalized(_ x: [Double], epsilon: Double) -> [Double] {
    let mean = x.reduce(0, +) / Double(x.count)
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
    return x.map { ($0 - mean) / (variance + epsilon).squareRoot() }
  }

  private static func groupNorm(
    _ input: Input, _ scale: [Double], _ shift: [Double], groups: Int, epsilon: Double
  ) -> [Double] {
    let channels = input.shape.channelCount
    let size = channels / groups
    var result = input.x
    for group in 0..<groups {
      let indices = input.x.indices.filter { $0 % channels / size == group }
      let normal = normalized(indices.map { input.x[$0] }, epsilon: epsilon)
      for (index, value) in zip(indices, normal) {
        result[index] = value * scale[index % channels] + shift[index % channels]
      }
    }
    return result
  }

  private static func attention(
    _ inputs: [[Double]], channels: Int, heads: Int, causal: Bool
  ) -> [Double] {
    let (q, k, v) = (inputs[0], inputs[1], inputs[2])
    let width = channels / heads
    var result = Array(repeating: 0.0, count: q.count)
    for row in 0..<q.count / channels {
      for head in 0..<heads {
        let seen = causal ? row + 1 : k.count / channels
        let columns = head * width..<(head + 1) * width
        let scores = (0..<seen).map { (s: Int) -> Double in
          var sum = 0.0
          for c in columns { sum += q[row * channels + c] * k[s * channels + c] }
          return sum / Double(width).squareRoot()
        }
        let top = scores.max() ?? 0
        let weights = scores.map { exp($0 - top) }
        let sum = weights.reduce(0, +)
        for (s, weight) in weights.enumerated() {
          for c in columns { result[row * channels + c] += weight / sum * v[s * channels + c] }
        }
      }
    }
    return result
  }
}

extension Activation {
  fileprivate func reference(_ x: Double) -> Double {
    switch self {
    case .identity: x
    case .relu: max(x, 0)
    case .silu: x / (1 + exp(-x))
    case .gelu: 0.5 * x * (1 + erf(x / 2.0.squareRoot()))
    case .quickGELU: x / (1 + exp(-1.702 * x))
    case .tanh: Glibc.tanh(x)
    }
  }
}
