/// The blends of one leg at which its picture has been looked at, and where to look next.
///
/// The stretch with the largest change is halved each time, so that probes gather where the
/// picture jumps.
public struct ProbeSeries: Sendable {
  /// The blends probed, rising from 0 to 1.
  public private(set) var blends: [Double]
  /// The change between neighbours.
  public private(set) var changes: [Double]
  /// Stretches shorter than this are not halved: what changes within is a jump of the model.
  private static let shortest = 1.0 / 65536

  /// A series of the blends 0, 1/n, ... 1 with the `changes` between them.
  public init(evenly changes: [Double]) {
    precondition(!changes.isEmpty)
    self.changes = changes
    blends = (0...changes.count).map { Double($0) / Double(changes.count) }
  }

  /// Where the next probe says most: in the stretch with the largest change of those that have more
  /// than `share` of all change, or more than `least` where the picture changes at another speed
  /// than beside it. Nil where no stretch has.
  public func next(above share: Double, orUnevenAbove least: Double) -> Double? {
    let total = changes.reduce(0, +)
    let candidates = changes.indices.filter { i in
      guard blends[i + 1] - blends[i] > Self.shortest else { return false }
      return changes[i] > share * total || (changes[i] > least * total && isUneven(i))
    }
    guard let widest = candidates.max(by: { changes[$0] < changes[$1] }) else { return nil }
    return (blends[widest] + blends[widest + 1]) / 2
  }

  /// Whether the picture's speed on the way differs by more than a fifth from that beside it.
  private func isUneven(_ i: Int) -> Bool {
    let own = speed(i)
    return [i - 1, i + 1].filter(changes.indices.contains).contains { j in
      max(own, speed(j)) > 1.2 * min(own, speed(j))
    }
  }

  private func speed(_ i: Int) -> Double { changes[i] / (blends[i + 1] - blends[i]) }

  /// The blends on either side of `blend`.
  public func neighbours(of blend: Double) -> (before: Double, after: Double) {
    let after = blends.firstIndex { $0 > blend } ?? blends.count - 1
    return (blends[after - 1], blends[after])
  }

  /// Adds a probe at `blend`, which changed by so much from the blend before and to the one after.
  public mutating func add(_ blend: Double, fromBefore: Double, toAfter: Double) {
    let after = blends.firstIndex { $0 > blend } ?? blends.count - 1
    blends.insert(blend, at: after)
    changes[after - 1] = fromBefore
    changes.insert(toAfter, at: after)
  }
}
