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
    try file.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
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
    widen(0..<count, into: destination)
  }

  /// Writes one row of a matrix as floats.
  func copyFloat32(row: Int, into destination: UnsafeMutableBufferPointer<Float>) {
    let width = shape.dropFirst().reduce(1, *)
    precondition(destination.count == width && row < shape[0])
    widen(row * width..<(row + 1) * width, into: destination)
  }

  private func widen(_ elements: Range<Int>, into destination: UnsafeMutableBufferPointer<Float>) {
    withUnsafeBytes { source in
      guard let base = source.baseAddress, let to = destination.baseAddress else { return }
      let from = base + elements.lowerBound * dtype.size
      switch dtype {
      case .float32:
        UnsafeMutableRawPointer(to).copyMemory(from: from, byteCount: elements.count * dtype.size)
      case .float16: fabula_widen_f16(from, to, elements.count)
      case .bfloat16: fabula_widen_bf16(from, to, elements.count)
      }
    }
  }
}
