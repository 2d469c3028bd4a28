import CKernels

/// The type that products are computed in; sums are always kept in float32.
public enum Precision: String, Sendable, CaseIterable {
  /// Exact to float32's rounding.
  case float32
  /// Half the memory, and three more digits than bfloat16; for GPUs, whose matrix units take it.
  case float16
  /// Half the memory and, on processors with bf16 instructions, about twice the speed.
  case bfloat16

  /// Whether this processor computes products in it; bfloat16 from AVX-512 on.
  public var isSupported: Bool {
    self == .float32 || self == .bfloat16 && fabula_convolution_lanes(0) >= 16
  }
}
