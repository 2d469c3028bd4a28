import CKernels

/// Where a model computes: the compiler of its graphs, and the types that suit it.
enum Backend {
  case cpu
  case cuda(CUDADevice)

  init(_ device: Device) throws(BackendError) {
    switch device {
    case .cpu: self = .cpu
    case .cuda(let index): self = .cuda(try CUDADevice(index: index))
    case .automatic:
      do throws(BackendError) {
        self = .cuda(try CUDADevice())
      } catch {
        self = .cpu
      }
    }
  }

  func compile(
    _ graph: Graph, _ checkpoint: Checkpoint, precision: Precision
  ) throws -> any Program {
    switch self {
    case .cpu: try CPUProgram(graph, checkpoint, precision: precision)
    case .cuda(let device):
      try CUDAProgram(graph, checkpoint, precision: precision, device: device)
    }
  }

  /// What a person calls it.
  var name: String {
    switch self {
    case .cpu: "cpu"
    case .cuda(let device): device.name
    }
  }

  /// The type of the text encoders' and the UNet's products, where none was asked for.
  func precision(isLarge: Bool) -> Precision {
    switch self {
    case .cpu: isLarge ? fastOnProcessor : .float32
    case .cuda: isLarge ? .float16 : .float32
    }
  }

  /// The type of the decoder's products: the wanted one, unless that is float16 on a GPU and the
  /// decoder SDXL's own, which leaves its range. The tiny one was made for it.
  func precision(of decoder: Decoder.Model, wanted: Precision?) -> Precision {
    switch (self, decoder) {
    case (.cpu, _): wanted ?? fastOnProcessor
    case (.cuda, .kl): wanted == .float16 ? .bfloat16 : wanted ?? .bfloat16
    case (.cuda, .tiny): wanted ?? .float16
    }
  }

  private var fastOnProcessor: Precision { fabula_has_bf16() != 0 ? .bfloat16 : .float32 }
}
