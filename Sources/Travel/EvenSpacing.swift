/// Blends for the frames of one leg, at which the picture changes evenly from each to the next.
///
/// The frames are put where a curve of the picture's change wants them, and looked at: the change
/// between neighbours is then the one that will be seen. Where it is too large, the frames around
/// are moved, and stay there if that was better. The best that was found on the way is kept, and the
/// pictures that were seen there are the frames' own.
public struct EvenSpacing<Picture> {
  /// The picture's change along the leg, as it is known now.
  public private(set) var curve: ChangeCurve
  private var now: Row
  private var best: Row

  /// Frames that have been looked at.
  private struct Row {
    var blends: [Double]
    var pictures: [Picture]
    /// The changes between neighbours.
    var changes: [Double]
  }

  /// The share of all change that is to have happened by each frame, ...
  private let frameShares: [Double]
  /// ... the frames that are looked at, ...
  private let nodes: [Int]
  /// ... and what is to have happened by these.
  private let shares: [Double]
  /// What is to happen in the fastest frame.
  private let topShare: Double
  private let noise: Double
  private let look: (Double) throws -> Picture
  private let difference: (Picture, Picture) -> Double

  /// A step may be so many times larger than it is to be at the most; ...
  private static var limit: Double { 1.18 }
  /// ... and a stretch of steps that is spread anew, on the average, than it is to be.
  private static var spread: Double { 1.03 }

  /// Puts frames where `curve` has these `shares` of its change, which rise from 0 to 1, and looks
  /// at them, or at every so manieth where there are more than `most`. `noise` is the difference
  /// between pictures as good as equal.
  public init(
    shares: [Double], most: Int, curve: ChangeCurve, noise: Double,
    look: @escaping (Double) throws -> Picture,
    difference: @escaping (Picture, Picture) -> Double
  ) rethrows {
    frameShares = shares
    nodes = Self.nodes(shares, most: most)
    self.shares = nodes.map { shares[$0] }
    topShare = zip(shares, shares.dropFirst()).map { $1 - $0 }.max() ?? 1
    (self.curve, self.noise, self.look, self.difference) = (curve, noise, look, difference)
    let blends = curve.blends(at: self.shares)
    let pictures = try blends.map(look)
    let changes = zip(pictures, pictures.dropFirst()).map(difference)
    now = Row(blends: blends, pictures: pictures, changes: changes)
    best = now
    correctCurve(changes, between: blends)
  }

  /// The blend of every frame, rising from 0 to 1.
  public var frames: [Double] {
    let inner = zip(zip(nodes, nodes.dropFirst()), zip(best.blends, best.blends.dropFirst()))
    return inner.flatMap { nodes, blends in
      let length = frameShares[nodes.1] - frameShares[nodes.0]
      let between = (nodes.0 + 1..<nodes.1).map {
        (frameShares[$0] - frameShares[nodes.0]) / length
      }
      return [blends.0] + curve.blends(at: between, from: blends.0, to: blends.1)
    } + [1]
  }

  /// The frames' pictures that were looked at, with their blends.
  public var known: [(blend: Double, picture: Picture)] {
    zip(best.blends, best.pictures).map { ($0, $1) }
  }

  /// Moves frames until no step is too large, with at most so many more looks.
  public mutating func improve(looks: Int) throws {
    var left = looks
    var (margin, reach) = (1, 1.0)
    while case let windows = windows(margin: margin), !windows.isEmpty {
      var isBetter = false
      for window in windows {
        left -= max(window.count - 1, 1)
        guard left >= 0 else { return }
        if try spread(window, reach: reach) { isBetter = true }
      }
      // What could not be spread among so few steps is tried among more, and with less haste: a
      // curve that is wrong about where a picture jumps overshoots.
      (margin, reach) = (isBetter ? 1 : margin + 1, 0.8)
    }
  }

  /// Slow frames are passed over: they would only measure the noise.
  private static func nodes(_ shares: [Double], most: Int) -> [Int] {
    let last = shares.count - 1
    let least = last > most ? 1 / Double(most) : 0.5 / Double(last)
    return (1..<max(last, 1)).reduce(into: [0]) { nodes, frame in
      if shares[frame] - shares[nodes[nodes.count - 1]] >= least { nodes.append(frame) }
    } + [last]
  }

  /// The steps around each that is too large, as many as it takes to spread it and so many more at
  /// either end.
  private func windows(margin: Int) -> [Range<Int>] {
    let sizes = sizes(now.changes, in: now.changes.indices)
    let most = Self.limit * now.changes.reduce(0, +)
    var result: [Range<Int>] = []
    for worst in sizes.indices where sizes[worst] > most {
      if let last = result.last, last.contains(worst) { continue }
      var window = stretch(around: worst)
      window = max(window.lowerBound - margin, 0)..<min(window.upperBound + margin, sizes.count)
      while let last = result.last, last.upperBound > window.lowerBound {
        window = last.lowerBound..<max(last.upperBound, window.upperBound)
        result.removeLast()
      }
      result.append(window)
    }
    return result
  }

  /// The step with so many neighbours, slow ones first, that together they are not too large.
  private func stretch(around step: Int) -> Range<Int> {
    let changes = now.changes
    let total = changes.reduce(0, +)
    func speed(_ range: Range<Int>) -> Double {
      guard changes.indices.contains(range.lowerBound), range.upperBound <= changes.count else {
        return .infinity
      }
      return changes[range].reduce(0, +) / total
        / (shares[range.upperBound] - shares[range.lowerBound])
    }
    var (start, end) = (step, step + 1)
    while speed(start..<end) > Self.spread, end - start < changes.count {
      if speed(start - 1..<start) < speed(end..<end + 1) { start -= 1 } else { end += 1 }
    }
    return start..<end
  }

  /// Moves the frames within a range of steps by the share `reach` of the way that the curve wants,
  /// if less is too large then; returns whether it is.
  private mutating func spread(_ window: Range<Int>, reach: Double) throws -> Bool {
    let (start, end) = (window.lowerBound, window.upperBound)
    let inner = start + 1..<end
    let length = shares[end] - shares[start]
    let (first, last) = (now.blends[start], now.blends[end])
    // On the curve, not in blends: where a picture jumps, half the way is half of the jump.
    let aims = inner.map { frame in
      let share = curve.share(at: now.blends[frame], from: first, to: last)
      return share + reach * ((shares[frame] - shares[start]) / length - share)
    }
    let moved = curve.blends(at: aims, from: first, to: last)
    let seen = try moved.map(look)
    let row = [now.pictures[start]] + seen + [now.pictures[end]]
    let changes = zip(row, row.dropFirst()).map(difference)
    correctCurve(changes, between: [first] + moved + [last])
    guard excess(changes, in: window) < excess(now.changes[window], in: window) else {
      return false
    }
    now.blends.replaceSubrange(inner, with: moved)
    now.pictures.replaceSubrange(inner, with: seen)
    now.changes.replaceSubrange(window, with: changes)
    if worst(now) < worst(best) { best = now }
    return true
  }

  /// The `changes` of a range of steps, each in the unit of the largest that it may have: no frame
  /// has to be slower than the fastest is to be.
  private func sizes(_ changes: some Sequence<Double>, in steps: Range<Int>) -> [Double] {
    zip(steps, changes).map { step, change in
      change / max(shares[step + 1] - shares[step], topShare)
    }
  }

  /// How far the `changes` of a range of steps are too large, those most that are so most.
  private func excess(_ changes: some Sequence<Double>, in steps: Range<Int>) -> Double {
    let most = Self.limit * now.changes.reduce(0, +)
    return sizes(changes, in: steps).reduce(0) { sum, size in
      let excess = max(size - most, 0)
      return sum + excess * excess
    }
  }

  private func worst(_ row: Row) -> Double {
    (sizes(row.changes, in: row.changes.indices).max() ?? 0) / row.changes.reduce(0, +)
  }

  /// Noise counts once a step, however short it is: on the curve it would make steps of little
  /// change longer than they are.
  private mutating func correctCurve(_ changes: [Double], between positions: [Double]) {
    curve.correct(changes.map { max($0 - noise, 0.1 * $0) }, between: positions)
  }
}
