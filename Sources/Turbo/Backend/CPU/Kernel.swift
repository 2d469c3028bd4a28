import CKernels
import Glibc

/// An operation between the products, with its parameters, as one call of a C kernel.
struct Kernel {
  let node: Graph.Node
  let inputShapes: [[Int]]
  private var scale: [Float] = []
  private var shift: [Float] = []

  init(node: Graph.Node, inputShapes: [[Int]]) {
    self.node = node
    self.inputShapes = inputShapes
  }

  /// Reads what the operation has of trained parameters.
  mutating func load(_ checkpoint: Checkpoint) throws {
    let parameters = node.operation.parameters
    guard parameters.count == 2 else { return }
    scale = try checkpoint.tensor(parameters[0].key, shape: parameters[0].shape).float32()
    shift = try checkpoint.tensor(parameters[1].key, shape: parameters[1].shape).float32()
  }

  var name: String {
    switch node.operation {
    case .groupNorm: "group norm"
    case .layerNorm: "layer norm"
    case .activation: "activation"
    case .add: "add"
    case .affine: "affine"
    case .gatedGELU: "gated gelu"
    case .upsample: "upsample"
    case .concatenate: "concatenate"
    case .sinusoid: "sinusoid"
    case .pickRows: "pick rows"
    default: "?"
    }
  }

  /// Floats of scratch memory that ``run(_:_:_:)`` needs.
  var scratchCount: Int {
    if case .groupNorm = node.operation {
      fabula_group_norm_scratch(node.shape.channelCount)
    } else {
      0
    }
  }

  func run(
    _ x: [UnsafePointer<Float>], _ y: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>?
  ) {
    let (rows, channels) = (node.shape.rowCount, node.shape.channelCount)
    switch node.operation {
    case .groupNorm(_, _, let groups, let epsilon, let activation):
      fabula_group_norm(
        x[0], y, scale, shift, rows, channels, groups, epsilon, activation.kernel, scratch)
    case .layerNorm(_, _, let epsilon):
      fabula_layer_norm(x[0], y, scale, shift, rows, channels, epsilon)
    case .activation(let activation):
      fabula_activate(x[0], y, rows * channels, activation.kernel)
    case .add:
      let isVector = inputShapes[1].elementCount == channels && rows > 1
      fabula_add(x[0], x[1], y, rows, channels, isVector ? 1 : 0)
    case .affine(let scale, let offset):
      fabula_affine(x[0], y, rows * channels, scale, offset)
    case .gatedGELU:
      fabula_gated_gelu(x[0], y, rows, channels)
    case .upsample:
      let from = inputShapes[0]
      fabula_upsample(x[0], y, from[0], from[1], node.shape[0], node.shape[1], channels)
    case .concatenate:
      fabula_concatenate(
        x[0], inputShapes[0].channelCount, x[1], inputShapes[1].channelCount, y, rows)
    case .sinusoid(let cosineFirst, let frequencyShift):
      for row in 0..<rows {
        Sinusoid(cosineFirst: cosineFirst, frequencyShift: frequencyShift)
          .embed(
            x[0][row], into: UnsafeMutableBufferPointer(start: y + row * channels, count: channels))
      }
    case .pickRows:
      for row in 0..<rows {
        let index = min(max(Int(x[1][row]), 0), inputShapes[0].rowCount - 1)
        (y + row * channels).update(from: x[0] + index * channels, count: channels)
      }
    default:
      preconditionFailure("\(node.operation) is not a kernel")
    }
  }
}

extension Activation {
  fileprivate var kernel: fabula_activation {
    switch self {
    case .identity: FABULA_IDENTITY
    case .relu: FABULA_RELU
    case .silu: FABULA_SILU
    case .gelu: FABULA_GELU
    case .quickGELU: FABULA_QUICK_GELU
    case .tanh: FABULA_TANH
    }
  }
}
