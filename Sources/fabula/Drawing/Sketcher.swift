import Travel

/// Draws only every so manieth frame of a travel, so that a film is done in a given time; the
/// frames between are cross-faded from the drawn ones.
///
/// How many are left out is decided leg by leg, from the time that is left and how long pictures
/// have taken so far.
final class Sketcher {
  private let painter: Painter
  private let plan: FramePlan
  private let seconds: Double
  private let watch = Stopwatch()
  private var strides: [Int: Int] = [:]

  /// A sketcher of a film that may take so many seconds.
  init(painter: Painter, plan: FramePlan, seconds: Double) {
    self.painter = painter
    self.plan = plan
    self.seconds = seconds
  }

  /// How many frames of a leg stand for one picture; 1 where all are drawn.
  func stride(of leg: Int) -> Int {
    if let known = strides[leg] { return known }
    let stride = chosenStride(leg)
    strides[leg] = stride
    return stride
  }

  /// The frame as RGB.
  func paint(_ shown: PlannedFrame) throws -> [UInt8] {
    guard let index = shown.leg, plan.legs[index].kind == .travel else {
      return try painter.paint(shown)
    }
    let leg = plan.legs[index]
    let stride = stride(of: index)
    // A loop's leg goes on at the beginning of the film, where its frames have small numbers.
    let position = shown.index > leg.start ? shown.index : shown.index + plan.frameCount
    let offset = position - leg.start
    guard offset % stride != 0 else { return try painter.paint(shown) }
    let before = leg.start + offset / stride * stride
    let after = min(before + stride, leg.end)
    return crossFade(
      try painter.paint(frame(before)), try painter.paint(frame(after)),
      share: Double(position - before) / Double(after - before))
  }

  private func frame(_ position: Int) -> PlannedFrame {
    plan.frame(
      plan.options.loop ? position % plan.frameCount : min(position, plan.frameCount - 1))
  }

  private func chosenStride(_ index: Int) -> Int {
    let frames = plan.legs[index...].reduce(0) { $0 + max($1.end - $1.start, 1) }
    // Two pictures tell nothing about the speed: the first legs are drawn sparingly.
    guard painter.drawn > 2 else { return 4 }
    let affordable = (seconds - watch.seconds) / (watch.seconds / Double(painter.drawn))
    guard affordable > 1 else { return Int.max / 2 }
    return max(1, Int((Double(frames) / affordable).rounded(.up)))
  }
}
