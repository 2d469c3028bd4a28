import Foundation
import Travel

/// Measures how a travel's picture changes, and re-times the travel to change it evenly.
///
/// A leg's pace depends on its two prompts and noises and its number of frames alone, so a film's
/// frames stay what they are whichever of them is drawn first. It is pictures that are looked at:
/// latents take less time, but what they move by is not what is seen.
final class Pacer {
  private let painter: Painter
  /// How many of the model's answers were looked at, and for how many seconds in all.
  private(set) var looks = 0
  private(set) var seconds = 0.0
  /// How uneven each leg would be without being re-timed, by its number, where that was measured.
  private(set) var before: [Int: Double] = [:]

  /// The probes evenly spread over a leg; then more where the change is largest.
  private static let even = 8
  /// No stretch between two probes is to have more of a leg's change than so many frames have, ...
  private static let framesAStretch = 2.0
  /// ... nor, where the pace changes, than so many ...
  private static let framesAnUnevenStretch = 0.8
  /// ... or than these shares of it.
  private static let (shareAStretch, shareAnUnevenStretch) = (1.0 / 64, 1.0 / 128)

  /// A pacer of what `painter` paints.
  init(painter: Painter) {
    self.painter = painter
  }

  /// About how often a leg is looked at; 0 where it needs no pace.
  static func probes(of leg: Leg) -> Int {
    // Few frames can't be uneven enough to pay for probes.
    guard leg.kind == .travel, leg.end - leg.start > 4 else { return 0 }
    return Int(1.4 * min(Double(leg.end - leg.start), 1 / shareAnUnevenStretch))
  }

  /// The plan with the pace of the leg numbered `index` measured.
  func paced(_ plan: FramePlan, leg index: Int) throws -> FramePlan {
    let leg = plan.legs[index]
    guard Self.probes(of: leg) > 0 else { return plan }
    let watch = Stopwatch()
    defer { seconds += watch.seconds }
    guard let series = try series(plan, index), let pace = series.pace else { return plan }
    let frames = leg.end - leg.start
    let positions = (0...frames).map { plan.options.easing(Double($0) / Double(frames)) }
    before[index] = Evenness(series.changes(between: positions))?.ratio
    return plan.paced(leg: index, by: pace)
  }

  /// The probes of a leg, of this run or another; nil where its picture never changes.
  private func series(_ plan: FramePlan, _ index: Int) throws -> ProbeSeries? {
    guard let store = painter.store else { return try probed(plan, index) }
    let frames = plan.legs[index].end - plan.legs[index].start
    let key = store.keys.key(probes: plan.probe(leg: index, blend: 0.5), frames: frames)
    if let data = store.cache.data(key, kind: Self.kind),
      let series = try? JSONDecoder().decode(ProbeSeries.self, from: data)
    {
      return series
    }
    let series = try probed(plan, index)
    if let series, let data = try? JSONEncoder().encode(series) {
      store.cache.store(data, key, kind: Self.kind)
    }
    return series
  }

  private static let kind = "looks"

  private func probed(_ plan: FramePlan, _ index: Int) throws -> ProbeSeries? {
    let frames = plan.legs[index].end - plan.legs[index].start
    // Few frames are looked at less often; nothing that an edit elsewhere changes counts here.
    let even = min(Self.even, max(2, frames / 4))
    let blends = (0...even).map { Double($0) / Double(even) }
    var seen: [Double: [UInt8]] = [:]
    func at(_ blend: Double) throws -> [UInt8] {
      if let known = seen[blend] { return known }
      looks += 1
      let new = try painter.draw(plan.probe(leg: index, blend: blend)).rgb
      seen[blend] = new
      return new
    }
    func change(_ first: Double, _ second: Double) throws -> Double {
      try meanAbsoluteDifference(at(first), at(second))
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
