import Film
import Travel

/// Measures the frames of a film as they are drawn.
struct QualityWatch {
  private var meter: QualityMeter
  private let plan: FramePlan
  private var last: PlannedFrame?

  init(_ studio: Studio) {
    meter = QualityMeter(width: studio.size.width, height: studio.size.height)
    plan = studio.production.plan
  }

  /// Takes the next frame.
  mutating func add(_ frame: PlannedFrame, _ rgb: [UInt8]) throws {
    try meter.add(rgb, kind(frame))
    last = frame
  }

  /// The findings as a page.
  func page(title: String, language: String) throws -> String {
    try meter.report.page(title: title, fps: plan.rate.film, language: language)
  }

  /// A travel's steps are those from a frame to the next of which at least one is on the way.
  private func kind(_ frame: PlannedFrame) -> FrameKind {
    guard let last else { return .cut }
    if frame.dissolve != nil || last.dissolve != nil { return .cut }
    if frame.picture == last.picture { return .hold }
    if let leg = frame.leg ?? last.leg, plan.legs[leg].kind == .travel { return .travel(leg) }
    // With drifting noise even a resting picture moves.
    return frame.picture.from == last.picture.from ? .travel(-1 - frame.picture.from) : .cut
  }
}
