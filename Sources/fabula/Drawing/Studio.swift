import Film
import Travel
import Turbo

/// A planned film and those who draw it.
struct Studio {
  let production: Production
  let painter: Painter
  /// Makes travels even; nil leaves the model its own pace.
  var pacer: Pacer?
  /// Paints every frame over the one before; nil where frames don't depend on one another.
  var feedback: FeedbackPainter?
  let cache: PictureCache?
  /// What makes the film again.
  let metadata: [String: String]

  /// The size of the frames.
  var size: PictureSize { painter.engine.size }

  /// Draws the frames with these rising numbers as RGB bytes and hands each over; returns how many
  /// were, which is fewer after an interruption.
  func draw(
    _ frames: some Collection<Int>, _ progress: inout Progress, _ interruption: Interruption,
    to take: (PlannedFrame, [UInt8]) throws -> Void
  ) throws -> Int {
    try draw(frames, &progress, interruption) { frame in
      try take(frame, try paint(frame))
    }
  }

  /// The frame as RGB.
  func paint(_ frame: PlannedFrame) throws -> [UInt8] {
    try feedback?.paint(frame) ?? painter.paint(frame)
  }

  /// The same, where `make` draws the frame too.
  func draw(
    _ frames: some Collection<Int>, _ progress: inout Progress, _ interruption: Interruption,
    make: (PlannedFrame) throws -> Void
  ) throws -> Int {
    defer { cache?.finish() }
    var plan = production.plan
    var pacedLegs: Set<Int> = []
    let drawings = production.drawings(of: frames)
    func show(_ done: Int, _ doing: @autoclosure () -> String) {
      let elapsed = progress.elapsed
      progress.show(
        ProgressState(
          done: done, total: frames.count, speed: Double(done) / elapsed,
          left: left(of: drawings, after: elapsed), sentence: doing()))
    }
    /// nil after an interruption.
    func planned(_ k: Int, _ done: Int) throws -> PlannedFrame? {
      if interruption.isRequested { return nil }
      let frame = plan.frame(k)
      guard let pacer, let leg = frame.leg, pacedLegs.insert(leg).inserted else { return frame }
      let looked = painter.looks
      do {
        plan = try pacer.paced(plan, leg: leg) {
          show(done, "looking ahead, \(painter.looks - looked): \(production.sentence(frame))")
          return !interruption.isRequested
        }
      } catch is CancellationError { return nil }
      return plan.frame(k)
    }
    var next = 0
    for (done, k) in frames.enumerated() {
      if let feedback {
        // What lies between the frames wanted has to be gone through.
        let shot = plan.shot(of: plan.frame(k).picture.from)
        for passed in max(next, plan.start(ofShot: shot))..<max(next, k) {
          guard let frame = try planned(passed, done) else { return done }
          try feedback.pass(frame, from: shot)
        }
        next = k + 1
      }
      guard let frame = try planned(k, done) else { return done }
      try make(frame)
      show(done + 1, production.sentence(frame))
    }
    return frames.count
  }

  /// About how often the model is asked only to find the pace of the travels.
  func lookahead(_ frames: some Collection<Int>) -> Int {
    guard pacer != nil, let first = frames.min(), let last = frames.max() else { return 0 }
    return production.plan.legs.reduce(0) { sum, leg in
      leg.end < first || leg.start > last ? sum : sum + Pacer.probes(of: leg)
    }
  }

  /// Seconds that the pictures not yet made will take, found ones counted as no time at all.
  private func left(of drawings: Int, after elapsed: Double) -> Double {
    let rest = Double(max(drawings - painter.drawn - painter.found, 0))
    // The first pictures find memory and caches cold: they tell nothing about the rest.
    return painter.drawn > 2 ? rest * elapsed / Double(painter.drawn) : rest > 0 ? .infinity : 0
  }
}
