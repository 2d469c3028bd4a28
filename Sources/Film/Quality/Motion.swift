/// How much pictures change from one to the next.
public enum Motion {
  /// The mean difference of two pictures of one size, 0 (equal) to 1 (black to white).
  public static func change(_ first: [UInt8], _ second: [UInt8]) -> Double {
    precondition(first.count == second.count, "pictures of one size")
    guard !first.isEmpty else { return 0 }
    var sum = 0
    first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer { second in
        // Rows of 4096 fit into 32 bits, which the processor adds many at a time.
        for start in stride(from: 0, to: first.count, by: 4096) {
          var part: UInt32 = 0
          for index in start..<min(start + 4096, first.count) {
            let (a, b) = (first[index], second[index])
            part &+= UInt32(max(a, b) &- min(a, b))
          }
          sum += Int(part)
        }
      }
    }
    return Double(sum) / Double(first.count) / 255
  }

  /// The largest change over the mean: 1 is perfectly even, 2 means that one frame moves twice as
  /// far as usual. 1 where nothing moves.
  public static func evenness(_ changes: [Double]) -> Double {
    guard let largest = changes.max(), largest > 0 else { return 1 }
    // Rounding must not make the most even motion better than perfect.
    return max(1, largest / (changes.reduce(0, +) / Double(changes.count)))
  }
}
