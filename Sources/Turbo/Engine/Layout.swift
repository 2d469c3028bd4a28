import CKernels

/// Between diffusers' layout [C, h, w] and the engine's [h, w, C].
enum Layout {
  static func channelsLast(_ x: [Float], _ shape: [Int]) -> [Float] {
    transposed(x.count) { y in
      fabula_transpose(x, y, shape[0], shape[1] * shape[2])
    }
  }

  static func channelsFirst(_ x: UnsafeBufferPointer<Float>?, _ shape: [Int]) -> [Float] {
    transposed(shape.elementCount) { y in
      fabula_transpose(x?.baseAddress, y, shape[1] * shape[2], shape[0])
    }
  }

  private static func transposed(
    _ count: Int, _ body: (UnsafeMutablePointer<Float>?) -> Void
  ) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      body(buffer.baseAddress)
      initialized = count
    }
  }
}
