import CKernels
import Foundation
import Testing

@testable import Turbo

/// The kernel of direct convolution at every vector width that the processor has, against its
/// definition.
@Suite struct ConvolutionKernelTests {
  struct Case: CustomStringConvertible {
    var height = 6
    var width = 7
    var channels = 5
    var outputs = 9
    var kernel = 3
    var stride = 1
    var doubled = false
    var tiled = false
    var silu = false

    var description: String {
      "\(height)x\(width)x\(channels) to \(outputs), kernel \(kernel), stride \(stride)"
        + (doubled ? ", doubled" : "") + (tiled ? ", tiled" : "") + (silu ? ", silu" : "")
    }
  }

  private static let cases = [
    Case(), Case(outputs: 3), Case(outputs: 1, kernel: 1), Case(outputs: 4, silu: true),
    Case(width: 40, channels: 16, outputs: 3), Case(channels: 32, outputs: 32, silu: true),
    Case(width: 33, channels: 8, outputs: 24, stride: 2), Case(outputs: 40, kernel: 1),
    Case(height: 8, width: 8, channels: 32, outputs: 16, tiled: true),
    Case(height: 31, width: 34, channels: 16, outputs: 48, tiled: true, silu: true),
    Case(height: 2, width: 90, channels: 48, outputs: 32, tiled: true),
    Case(doubled: true), Case(width: 13, channels: 16, outputs: 16, doubled: true),
  ]

  @Test(arguments: cases, [8, 16])
  func computesItsDefinition(_ it: Case, lanes: Int32) {
    guard lanes <= fabula_convolution_lanes(0) else { return }
    var random = RandomNumbers(seed: 3)
    let scale = it.doubled ? 2 : 1
    let side = { (n: Int) in (n * scale + 2 * (it.kernel / 2) - it.kernel) / it.stride + 1 }
    let (height, width) = (side(it.height), side(it.width))
    let x = random.values(it.height * it.width * it.channels)
    let weights = random.values(it.outputs * it.channels * it.kernel * it.kernel)
    let (bias, vector) = (random.values(it.outputs), random.values(it.outputs))
    let addend = random.values(height * width * it.outputs)

    var shape = fabula_convolution(
      height: it.height, width: it.width, channels: it.channels, out_channels: it.outputs,
      kernel: it.kernel, stride: it.stride, doubled: it.doubled ? 1 : 0, bf16: 0, lanes: lanes,
      tiled: it.tiled ? 1 : 0)
    var packed = [Float](repeating: .nan, count: fabula_convolution_packed_count(&shape))
    fabula_convolution_pack(&shape, weights, &packed)
    var scratch = [Float](
      repeating: .nan,
      count: fabula_convolution_scratch_count(&shape) * Int(fabula_thread_count()))
    // What lies behind the result must stay.
    var found = [Float](repeating: -77, count: height * width * it.outputs + 16)
    bias.withUnsafeBufferPointer { bias in
      vector.withUnsafeBufferPointer { vector in
        addend.withUnsafeBufferPointer { addend in
          var epilogue = fabula_convolution_epilogue(
            bias: bias.baseAddress, vector: vector.baseAddress, addend: addend.baseAddress,
            relu: 0, silu: it.silu ? 1 : 0)
          fabula_convolve(&shape, x, packed, &epilogue, &found, &scratch)
        }
      }
    }

    var worst: Float = 0
    for row in 0..<height {
      for column in 0..<width {
        for output in 0..<it.outputs {
          var sum = Double(bias[output] + vector[output])
          for ky in 0..<it.kernel {
            for kx in 0..<it.kernel {
              let y = row * it.stride + ky - it.kernel / 2
              let x0 = column * it.stride + kx - it.kernel / 2
              guard (0..<it.height * scale).contains(y), (0..<it.width * scale).contains(x0) else {
                continue
              }
              let source = ((y / scale) * it.width + x0 / scale) * it.channels
              for channel in 0..<it.channels {
                let tap = ((output * it.channels + channel) * it.kernel + ky) * it.kernel + kx
                sum += Double(x[source + channel] * weights[tap])
              }
            }
          }
          let at = (row * width + column) * it.outputs + output
          var expected = Float(sum) + addend[at]
          if it.silu { expected *= Float(1 / (1 + exp(-Double(expected)))) }
          worst = max(worst, abs(found[at] - expected))
        }
      }
    }
    // Of sums of hundreds of products; tiles cost a digit.
    #expect(worst < (it.tiled ? 5e-4 : 1e-4))
    #expect(found.suffix(16).allSatisfy { $0 == -77 })
  }
}
