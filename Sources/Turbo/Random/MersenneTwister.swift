/// MT19937 (Matsumoto and Nishimura 1998), as PyTorch seeds it.
struct MersenneTwister: Sendable {
  private static let size = 624
  private static let shift = 397

  private var state: [UInt32]
  private var position = Self.size

  init(seed: UInt32) {
    state = [seed]
    state.reserveCapacity(Self.size)
    for i in 1..<Self.size {
      let previous = state[i - 1]
      state.append(1_812_433_253 &* (previous ^ previous >> 30) &+ UInt32(i))
    }
  }

  mutating func next() -> UInt32 {
    if position == Self.size { twist() }
    var word = state[position]
    position += 1
    word ^= word >> 11
    word ^= word << 7 & 0x9D2C_5680
    word ^= word << 15 & 0xEFC6_0000
    return word ^ word >> 18
  }

  private mutating func twist() {
    for i in 0..<Self.size {
      let mixed = state[i] & 0x8000_0000 | state[(i + 1) % Self.size] & 0x7FFF_FFFF
      let odd: UInt32 = mixed & 1 == 0 ? 0 : 0x9908_B0DF
      state[i] = state[(i + Self.shift) % Self.size] ^ mixed >> 1 ^ odd
    }
    position = 0
  }
}
