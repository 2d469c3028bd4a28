import Travel

/// Measures how a travel's picture changes, and re-times the travel to change it evenly.
///
/// A leg's pace depends on its two prompts and noises alone, so a film's frames stay what they
/// are whichever of them is drawn first.
struct Pacer {
  let painter: Painter
  /// The probes evenly spread first; then as many again where the change is largest.
  private static let even = 8

  /// How many pictures a leg's pace takes, its ends not counted; 0 where it needs none.
  static func probes(of leg: Leg) -> Int {
    // Few frames can't be uneven enough to pay for probes.
    let frames = leg.end - leg.start
    return leg.kind == .travel && frames > 4 ? 2 * evenly(frames) - 1 : 0
  }

  /// The probes evenly spread over a leg; their number depends on nothing that an edit elsewhere
  /// in the story changes.
  private static func evenly(_ frames: Int) -> Int { min(even, max(2, frames / 4)) }

  /// The plan with the pace of the leg numbered `index` measured.
  func paced(_ plan: FramePlan, leg index: Int) throws -> FramePlan {
    let leg = plan.legs[index]
    guard Self.probes(of: leg) > 0, let pace = try probe(plan, index)?.pace else { return plan }
    return plan.paced(leg: index, by: pace)
  }

  /// The probes of a leg; nil where its picture never changes.
  private func probe(_ plan: FramePlan, _ index: Int) throws -> ProbeSeries? {
    let even = Self.evenly(plan.legs[index].end - plan.legs[index].start)
    let first = try (0...even).map { try look(plan, index, Double($0) / Double(even)) }
    let changes = zip(first, first.dropFirst()).map { pictureChange($0, $1) }
    guard changes.contains(where: { $0 > 0 }) else { return nil }
    var series = ProbeSeries(evenly: changes)
    for _ in 0..<even {
      guard let blend = series.next else { break }
      let (before, after) = series.neighbours(of: blend)
      let picture = try look(plan, index, blend)
      series.add(
        blend, fromBefore: pictureChange(try look(plan, index, before), picture),
        toAfter: pictureChange(picture, try look(plan, index, after)))
    }
    return series
  }

  private func look(_ plan: FramePlan, _ leg: Int, _ blend: Double) throws -> [UInt8] {
    try painter.probe(plan.probe(leg: leg, blend: blend))
  }
}
