import CKernels

/// A tensor as it lies in its file, row-major; the elements are widened to floats on request.
public struct Tensor: Sendable {
  /// Extents, outermost first; empty for a scalar.
  public let shape: [Int]
  /// The type of the stored elements.
  public let dtype: ElementType

  let file: FileBytes
  let range: Range<Int>

  /// Number of elements.
  public var count: Int { range.count / dtype.size }

  /// The stored bytes, little-endian, of any alignment.
  ///
  /// The pointer is valid inside `body` only.
  public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try withExtendedLifetime(file) { try body(UnsafeRawBufferPointer(rebasing: file.bytes[range])) }
  }

  /// The elements as floats.
  public func float32() -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      copyFloat32(into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
  }

  /// Writes the elements as floats; the destination, which need not be initialized, must have
  /// exactly ``count`` elements.
  public func copyFloat32(into destination: UnsafeMutableBufferPointer<Float>) {
    precondition(destination.count == count, "\(destination.count) floats for \(count) elements")
    withUnsafeBytes { source in
      guard let from = source.baseAddress, let to = destination.baseAddress else { return }
      switch dtype {
      case .float32: UnsafeMutableRawPointer(to).copyMemory(from: from, byteCount: source.count)
      case .float16: fabula_widen_f16(from, to, count)
      case .bfloat16: fabula_widen_bf16(from, to, count)
      }
    }
  }
}
