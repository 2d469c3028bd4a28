import Glibc

/// The counter-based generator Philox4x32-10 (Salmon et al. 2011, "Parallel Random Numbers: As Easy
/// as 1, 2, 3"): block i of a stream is a function of key and i alone, so any frame's noise can be
/// had without drawing that of the frames before it.
public struct Philox: Sendable {
  private let key: SIMD2<UInt32>
  private let stream: UInt64

  /// - Parameters:
  ///   - seed: the film's.
  ///   - stream: what the numbers are for; streams of one seed are independent.
  public init(seed: UInt64, stream: UInt64) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    self.stream = stream
  }

  /// Four random words: block `index` of the stream.
  public func block(_ index: UInt64) -> SIMD4<UInt32> {
    Self.block(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32),
        UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)),
      key: key)
  }

  /// The bijection itself, ten rounds.
  static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (x0, x1, x2, x3) = (counter.x, counter.y, counter.z, counter.w)
    var (k0, k1) = (key.x, key.y)
    for _ in 0..<10 {
      let first = UInt64(0xD251_1F53) * UInt64(x0)
      let second = UInt64(0xCD9E_8D57) * UInt64(x2)
      (x0, x1, x2, x3) = (
        UInt32(truncatingIfNeeded: second >> 32) ^ x1 ^ k0, UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ x3 ^ k1, UInt32(truncatingIfNeeded: first)
      )
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return SIMD4(x0, x1, x2, x3)
  }

  /// Standard normal numbers `start ..< start + count` of the stream.
  ///
  /// Each block makes four, by the transform of Box and Muller (1958) from its two pairs of words;
  /// a part of the sequence is the same whether it is drawn alone or within a longer one.
  public func normals(count: Int, from start: Int = 0) -> [Float] {
    guard count > 0 else { return [] }
    return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      var four = SIMD4<Float>()
      for i in start..<start + count {
        if i == start || i % 4 == 0 { four = Self.normals(block(UInt64(i / 4))) }
        buffer.initializeElement(at: i - start, to: four[i % 4])
      }
      initialized = count
    }
  }

  /// Four standard normal numbers that belong to a cell of an endless plane.
  public func normals(x: Int32, y: Int32) -> SIMD4<Float> {
    Self.normals(block(UInt64(UInt32(bitPattern: y)) << 32 | UInt64(UInt32(bitPattern: x))))
  }

  private static func normals(_ words: SIMD4<UInt32>) -> SIMD4<Float> {
    let (a, b) = boxMuller(words.x, words.y)
    let (c, d) = boxMuller(words.z, words.w)
    return SIMD4(a, b, c, d)
  }

  private static func boxMuller(_ first: UInt32, _ second: UInt32) -> (Float, Float) {
    // (word + 1/2) / 2^32: never 0, whose logarithm would be infinite.
    let radius = (-2 * log((Double(first) + 0.5) * 0x1p-32)).squareRoot()
    let angle = 2 * Double.pi * (Double(second) + 0.5) * 0x1p-32
    return (Float(radius * cos(angle)), Float(radius * sin(angle)))
  }
}
