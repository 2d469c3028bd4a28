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

  /// The findings as a page; `seconds` is how long the whole film took.
  func page(
    title: String, language: String, pacer: Pacer?, seconds: Double
  ) throws -> String {
    var report = meter.report
    for index in report.travels.indices {
      report.travels[index].before = pacer?.before[report.travels[index].number]
    }
    return try report.page(
      title: title, fps: plan.rate.film, language: language,
      notes: notes(pacer, seconds: seconds))
  }

  private func notes(_ pacer: Pacer?, seconds: Double) -> [String] {
    let easing = plan.options.easing
    let steps = (0...200).map { easing(Double($0) / 200) }
    let own = Evenness(zip(steps, steps.dropFirst()).map { $1 - $0 })?.ratio ?? 1
    let meaning =
      "Evenness is the largest change from one frame to the next over the mean one, along each "
      + "travel, measured on the frames of the film; 1 is perfect, and the easing "
      + "(\(easing)) alone has \(own.short)."
    guard let pacer else { return [meaning] }
    let (looks, used) = (pacer.painter.looks, pacer.painter.used)
    let share = pacer.seconds / max(seconds, 1e-9) * Double(looks - used) / Double(max(looks, 1))
    return [
      meaning,
      "Before: what the same number of frames would do without re-timing, as told by looking "
        + "\(looks) times at what the model answers along the travels. \(used) of these pictures "
        + "became frames; drawing the others took \((share * 100).short) % of the time.",
    ]
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
