import Foundation

/// What every frame of a film shows; frame k is a function of k alone.
public struct FramePlan: Sendable {
  /// The stops, in order.
  public let stops: [Stop]
  /// The legs: leg i leads from stop i to the next; a loop has one more, back to the first.
  public let legs: [Leg]
  /// The frames per second.
  public let rate: FrameRate
  /// How the film moves.
  public let options: TravelOptions
  /// How long the story lasts, in microseconds.
  public let duration: Int
  /// The number of frames, never more than half a frame away from the duration.
  public let frameCount: Int
  /// One a leg, where its pace has been measured.
  private var paces: [PaceMap?]
  private let restingNoise: [NoiseRecipe]

  /// Plans a film that rests at `stops`, which are in the order of their starts.
  public init(
    stops: [Stop], rate: FrameRate, options: TravelOptions = TravelOptions()
  ) throws(PlanError) {
    guard let last = stops.last else { throw .noStops }
    guard (0...1).contains(options.share) else { throw .badShare(options.share) }
    for (i, stop) in stops.enumerated() {
      let earliest = i == 0 ? 0 : stops[i - 1].start + 1
      guard stop.start >= earliest, stop.duration > 0 else { throw .badTime(stop: i) }
    }
    self.stops = stops
    self.rate = rate
    self.options = options
    duration = last.end
    frameCount = max(1, rate.frameCount(microseconds: last.end))
    legs = Self.legs(between: stops, options: options)
    paces = Array(repeating: nil, count: legs.count)
    restingNoise = stops.enumerated().map { options.noise.recipe(stop: $0, scene: $1.scene) }
  }

  /// Frame `index`, from 0; every one before `frameCount` is in the film.
  public func frame(_ index: Int) -> PlannedFrame {
    let time = rate.exactMicroseconds(frame: index)
    let stop = self.stop(at: time)
    var frame = PlannedFrame(
      index: index, time: rate.microseconds(frame: index), stop: stop,
      picture: picture(resting: stop, at: time))
    guard let (leg, progress) = leg(at: time, around: stop) else { return frame }
    switch legs[leg].kind {
    case .cut: break
    case .travel: frame.picture = picture(leg: leg, progress: options.easing(progress), at: time)
    case .dissolve:
      frame.picture = picture(resting: legs[leg].from, at: time)
      frame.dissolve = .init(
        picture: picture(resting: legs[leg].to, at: time), share: options.easing(progress))
    }
    return frame
  }

  /// The picture at the blend `t` of a leg, unpaced and with still noise: what a probe draws.
  public func probe(leg index: Int, blend t: Double) -> PictureRecipe {
    let leg = legs[index]
    let noise = restingNoise[leg.from].slerp(to: restingNoise[leg.to], at: t)
    return PictureRecipe(from: leg.from, to: leg.to, blend: t, noise: noise)
  }

  /// The picture of the stop numbered `index` with still noise.
  public func portrait(of index: Int) -> PictureRecipe {
    PictureRecipe(from: index, to: index, blend: 0, noise: restingNoise[index])
  }

  /// This plan with the leg numbered `index` re-timed by `pace`.
  public func paced(leg index: Int, by pace: PaceMap) -> FramePlan {
    var plan = self
    plan.paces[index] = pace
    return plan
  }

  // MARK: Pictures

  private func picture(resting stop: Int, at time: Double) -> PictureRecipe {
    PictureRecipe(from: stop, to: stop, blend: 0, noise: drifted(restingNoise[stop], at: time))
  }

  private func picture(leg index: Int, progress: Double, at time: Double) -> PictureRecipe {
    let leg = legs[index]
    let blend = paces[index]?(progress) ?? progress
    let noise = restingNoise[leg.from].slerp(to: restingNoise[leg.to], at: blend)
    return PictureRecipe(from: leg.from, to: leg.to, blend: blend, noise: drifted(noise, at: time))
  }

  private func drifted(_ noise: NoiseRecipe, at time: Double) -> NoiseRecipe {
    let speed = options.noise.drift / 1_000_000
    guard speed != 0 else { return noise }
    guard options.loop else { return noise.drifted(by: speed * time) }
    // A loop has to come back to where it began: it swings out and in, at the same mean speed.
    let length = Double(duration)
    return noise.drifted(by: speed * length / 4 * sin(2 * .pi * time / length))
  }

  // MARK: Times

  private func stop(at time: Double) -> Int {
    var low = 0
    var high = stops.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Double(stops[middle].start) <= time { low = middle } else { high = middle }
    }
    return low
  }

  private func leg(at time: Double, around stop: Int) -> (index: Int, progress: Double)? {
    if stop < legs.count, let progress = legs[stop].progress(at: time) { return (stop, progress) }
    if stop > 0, let progress = legs[stop - 1].progress(at: time) { return (stop - 1, progress) }
    // The leg that closes a loop is still under way when the film begins again.
    if stop == 0, legs.count == stops.count, let closing = legs.last,
      let progress = closing.progress(at: time + Double(duration))
    {
      return (legs.count - 1, progress)
    }
    return nil
  }

  private static func legs(between stops: [Stop], options: TravelOptions) -> [Leg] {
    guard let last = stops.last, stops.count > 1 else { return [] }
    // A stop's picture has the time up to the next one's start, the pause after it included.
    let spans = stops.indices.map { i in
      Double((i + 1 < stops.count ? stops[i + 1].start : last.end) - stops[i].start)
    }
    var legs = stops.indices.dropLast().map { i in
      leg(
        from: i, to: i + 1, at: Double(stops[i + 1].start), spans: spans,
        isSceneChange: stops[i].scene != stops[i + 1].scene, options: options)
    }
    if options.loop {
      var closing = options
      if case .cut = options.sceneChange { closing.sceneChange = .travel }
      legs.append(
        leg(
          from: stops.count - 1, to: 0, at: Double(last.end), spans: spans,
          isSceneChange: last.scene != stops[0].scene, options: closing))
    }
    return legs
  }

  private static func leg(
    from: Int, to: Int, at boundary: Double, spans: [Double], isSceneChange: Bool,
    options: TravelOptions
  ) -> Leg {
    var before = spans[from] * options.share / 2
    var after = spans[to] * options.share / 2
    var kind = Leg.Kind.travel
    switch options.sceneChange {
    case _ where !isSceneChange: break
    case .travel: break
    case .cut: (kind, before, after) = (.cut, 0, 0)
    case .dissolve(let length):
      kind = .dissolve
      before = min(Double(length) / 2, spans[from] / 2)
      after = min(Double(length) / 2, spans[to] / 2)
    }
    return Leg(from: from, to: to, kind: kind, start: boundary - before, end: boundary + after)
  }
}
