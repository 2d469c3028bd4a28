import CKernels
import Testing

/// Every half-precision and bfloat16 number, against the compiler's conversions.
@Suite struct WideningTests {
  private let all = (0...UInt16.max).map { $0 }

  @Test func float16() {
    let widened = widen(fabula_widen_f16)
    for (bits, value) in zip(all, widened) {
      let expected = Float(Float16(bitPattern: bits))
      #expect(
        value.bitPattern == expected.bitPattern || (value.isNaN && expected.isNaN), "\(bits)")
    }
  }

  @Test func bfloat16() {
    for (bits, value) in zip(all, widen(fabula_widen_bf16)) {
      #expect(value.bitPattern == UInt32(bits) << 16)
    }
  }

  /// From an odd address: safetensors does not align its data.
  private func widen(
    _ convert: (UnsafeRawPointer?, UnsafeMutablePointer<Float>?, Int) -> Void
  ) -> [Float] {
    let bytes: [UInt8] = [0] + all.withUnsafeBytes(Array.init)
    return [Float](unsafeUninitializedCapacity: all.count) { buffer, count in
      bytes.withUnsafeBytes {
        convert($0.baseAddress.map { $0 + 1 }, buffer.baseAddress, all.count)
      }
      count = all.count
    }
  }
}
