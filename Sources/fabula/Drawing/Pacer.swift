import Foundation
import Travel

/// Looks ahead along each travel, and places its frames so that the picture changes evenly.
///
/// Where the frames are depends on the leg's two prompts and noises, its number of frames and its
/// easing alone, so a film's frames stay what they are whichever of them is drawn first. It is
/// pictures that are looked at: latents take less time, but what they move by is not what is seen.
/// Most of the pictures looked at last are the frames themselves, and are not drawn again.
final class Pacer {
  /// Whose pictures are looked at.
  let painter: Painter
  /// How many seconds looking took, in all.
  private(set) var seconds = 0.0
  /// How uneven each leg would be without being re-timed, by its number, where that was measured.
  private(set) var before: [Int: Double] = [:]

  /// The probes evenly spread over a leg; then more where the change is largest.
  private static let even = 8
  /// No stretch between two probes is to have more of a leg's change than so many frames have, ...
  private static let framesAStretch = 3.0
  /// ... nor, where the pace changes, than so many ...
  private static let framesAnUnevenStretch = 1.5
  /// ... or than these shares of it.
  private static let (shareAStretch, shareAnUnevenStretch) = (1.0 / 64, 1.0 / 128)
  /// So close are two blends whose pictures differ by rounding alone.
  private static let nothing = 1e-5
  /// Where few frames pass a jump each must be in its very place, which takes as many tries as ever.
  private static let fewestTries = 120
  /// The bytes of pictures that may wait for their turn.
  private static let room = 256 << 20

  private let drawsOver: Bool

  /// A pacer of what `painter` paints, or of what is drawn over one another.
  init(painter: Painter, drawsOver: Bool = false) {
    self.painter = painter
    self.drawsOver = drawsOver
  }

  /// About how many pictures are drawn for a leg that don't become frames; 0 where it needs no pace.
  static func probes(of leg: Leg) -> Int {
    // Few frames can't be uneven enough to pay for probes.
    guard leg.kind == .travel, leg.frames > 4 else { return 0 }
    return Int(1.2 * Double(leg.frames))
  }

  /// The plan with the frames of the leg numbered `index` placed. `goesOn` is asked many times
  /// meanwhile; once it says no, `CancellationError` is thrown.
  func paced(
    _ plan: FramePlan, leg index: Int, while goesOn: () -> Bool = { true }
  ) throws -> FramePlan {
    guard Self.probes(of: plan.legs[index]) > 0 else { return plan }
    let watch = Stopwatch()
    defer { seconds += watch.seconds }
    let found = try withoutActuallyEscaping(goesOn) { goesOn in
      try places(plan, index, while: goesOn)
    }
    guard let places = found else { return plan }
    before[index] = places.before
    return plan.placed(leg: index, at: places.blends)
  }

  /// Where a leg's frames are.
  private struct Places: Codable {
    var blends: [Double]
    var before: Double
  }

  /// The places found by this run or another; nil where the picture never changes.
  private func places(
    _ plan: FramePlan, _ index: Int, while goesOn: @escaping () -> Bool
  ) throws -> Places? {
    guard let store = painter.store else { return try found(plan, index, while: goesOn) }
    let key = store.keys.key(
      places: "\(plan.legs[index].frames) \(plan.options.easing) \(most(plan, index))",
      middle: plan.probe(leg: index, blend: 0.5))
    if let data = store.cache.data(key, kind: Self.kind),
      let places = try? JSONDecoder().decode(Places.self, from: data)
    {
      return places
    }
    let places = try found(plan, index, while: goesOn)
    if let places, let data = try? JSONEncoder().encode(places) {
      store.cache.store(data, key, kind: Self.kind)
    }
    return places
  }

  private static let kind = "places"

  /// How many frames of a leg are looked at: all that can wait for their turn, but only every other
  /// one where the noise moves, so that what is seen now is no frame.
  private func most(_ plan: FramePlan, _ index: Int) -> Int {
    let frames = plan.legs[index].frames
    let size = painter.engine.size
    guard plan.options.noise.isStill, !drawsOver else { return min(frames / 2, 64) }
    return min(frames, Self.room / (size.width * size.height * 3))
  }

  private func found(
    _ plan: FramePlan, _ index: Int, while goesOn: @escaping () -> Bool
  ) throws -> Places? {
    let painter = painter
    let seen = { try painter.look(plan.probe(leg: index, blend: $0), while: goesOn) }
    // Every measurement below begins and ends with these.
    let (first, last) = try (seen(0), seen(1))
    let look = { (blend: Double) in
      switch blend {
      case 0: first
      case 1: last
      default: try seen(blend)
      }
    }
    let noise = try min(
      meanAbsoluteDifference(first, look(Self.nothing)),
      meanAbsoluteDifference(last, look(1 - Self.nothing)))
    let frames = plan.legs[index].frames
    guard let probes = try probed(frames: frames, noise: noise, look) else { return nil }
    let shares = plan.shares(ofLeg: index)
    var spacing = try EvenSpacing(
      shares: shares, most: most(plan, index), curve: ChangeCurve(probes), noise: noise,
      look: look, difference: meanAbsoluteDifference)
    try spacing.improve(looks: max(frames * 3, Self.fewestTries))
    let known = spacing.known.map { (plan.probe(leg: index, blend: $0.blend), $0.picture) }
    if !drawsOver { painter.hold(Dictionary(known) { first, _ in first }) }
    let before = spacing.curve.changes(between: shares).map { $0 + noise }
    return Places(blends: spacing.frames, before: Evenness(before)?.ratio ?? 1)
  }

  private func probed(
    frames: Int, noise: Double, _ look: (Double) throws -> [UInt8]
  ) throws -> ProbeSeries? {
    // Few frames are looked at less often; nothing that an edit elsewhere changes counts here.
    let even = min(Self.even, max(2, frames / 4))
    let blends = (0...even).map { Double($0) / Double(even) }
    var seen: [Double: [UInt8]] = [:]
    func at(_ blend: Double) throws -> [UInt8] {
      if let known = seen[blend] { return known }
      let new = try look(blend)
      seen[blend] = new
      return new
    }
    func change(_ first: Double, _ second: Double) throws -> Double {
      try max(0, meanAbsoluteDifference(at(first), at(second)) - noise)
    }
    let changes = try zip(blends, blends.dropFirst()).map { try change($0, $1) }
    guard changes.contains(where: { $0 > 0 }) else { return nil }
    var series = ProbeSeries(evenly: changes)
    let share = max(Self.framesAStretch / Double(frames), Self.shareAStretch)
    let least = max(Self.framesAnUnevenStretch / Double(frames), Self.shareAnUnevenStretch)
    while series.blends.count < 2 * frames,
      let blend = series.next(above: share, orUnevenAbove: least)
    {
      let (before, after) = series.neighbours(of: blend)
      series.add(
        blend, fromBefore: try change(before, blend), toAfter: try change(blend, after))
    }
    return series
  }
}
