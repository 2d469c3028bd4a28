/// Places buffers that live at different times on the same memory.
///
/// Largest first, each at the lowest offset that is free for the whole of its life: the greedy
/// strategy of Pisarchyk and Lee (arXiv:2001.03288), close to the lower bound on such graphs.
struct MemoryPlan {
  struct Buffer {
    var bytes: Int
    /// The steps from the one that writes it to the last that reads it.
    var life: ClosedRange<Int>
  }

  /// Enough for a cache line and for AVX-512.
  static let alignment = 64

  let offsets: [Int]
  let totalBytes: Int

  init(_ buffers: [Buffer]) {
    var offsets = Array(repeating: 0, count: buffers.count)
    var placed: [Int] = []
    var total = 0
    let order = buffers.indices.sorted { (buffers[$1].bytes, $0) < (buffers[$0].bytes, $1) }
    for index in order {
      let size = Self.aligned(buffers[index].bytes)
      let neighbours =
        placed
        .filter { buffers[$0].life.overlaps(buffers[index].life) }
        .map { offsets[$0]..<(offsets[$0] + Self.aligned(buffers[$0].bytes)) }
        .sorted { $0.lowerBound < $1.lowerBound }
      var offset = 0
      for taken in neighbours {
        if taken.lowerBound - offset >= size { break }
        offset = max(offset, taken.upperBound)
      }
      offsets[index] = offset
      placed.append(index)
      total = max(total, offset + size)
    }
    self.offsets = offsets
    totalBytes = total
  }

  /// Buffers of these sizes, by the numbers of those that each step reads or writes. The `pinned` ones,
  /// and those that no step uses, live throughout.
  static func buffers(bytes: [Int], uses: [[Int]], pinned: Set<Int>) -> [Buffer] {
    let end = max(uses.count - 1, 0)
    var first = Array(repeating: end, count: bytes.count)
    var last = Array(repeating: 0, count: bytes.count)
    for (step, buffers) in uses.enumerated() {
      for buffer in buffers {
        first[buffer] = min(first[buffer], step)
        last[buffer] = max(last[buffer], step)
      }
    }
    return bytes.indices.map { index in
      let isPinned = pinned.contains(index) || first[index] > last[index]
      return Buffer(bytes: bytes[index], life: isPinned ? 0...end : first[index]...last[index])
    }
  }

  private static func aligned(_ bytes: Int) -> Int {
    (bytes + alignment - 1) / alignment * alignment
  }
}
