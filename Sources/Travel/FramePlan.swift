import Foundation

/// What every frame of a film shows; frame k is a function of k alone.
///
/// Stops and legs are put on the frame grid, and a leg's number of frames depends on the lengths of
/// its two stops alone. So where a story is edited, the legs elsewhere keep their very pictures,
/// however far they move.
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
  /// The first frame of each stop's sentence.
  private let starts: [Int]
  /// The blend of every frame of a leg, one list a leg, where they have been placed.
  private var places: [[Double]?]
  private let restingNoise: [NoiseRecipe]
  /// The shot of each stop.
  private let shots: [Int]
  /// The first frame of each shot.
  private let shotStarts: [Int]

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
    starts = stops.map { rate.frameCount(microseconds: $0.start) }
    legs =
      LegPlanner(
        stops: stops, starts: starts, frameCount: frameCount, rate: rate, options: options
      ).legs
    places = Array(repeating: nil, count: legs.count)
    restingNoise = stops.enumerated().map { options.noise.recipe(stop: $0, $1) }
    var shots = [0]
    var shotStarts = [0]
    for leg in legs.prefix(stops.count - 1) {
      if leg.kind != .travel { shotStarts.append(leg.start) }
      shots.append(shotStarts.count - 1)
    }
    (self.shots, self.shotStarts) = (shots, shotStarts)
  }

  /// Frame `index`, from 0; every one before `frameCount` is in the film.
  public func frame(_ index: Int) -> PlannedFrame {
    let stop = self.stop(at: index)
    var frame = PlannedFrame(
      index: index, time: rate.microseconds(frame: index), stop: stop, leg: nil,
      picture: picture(resting: stop, at: index))
    guard let (leg, step) = leg(at: index, around: stop) else { return frame }
    frame.leg = leg
    let progress = options.easing(Double(step) / Double(legs[leg].frames))
    switch legs[leg].kind {
    case .cut: break
    case .travel:
      frame.picture = picture(leg: leg, blend: places[leg]?[step] ?? progress, at: index)
    case .dissolve:
      frame.picture = picture(resting: legs[leg].from, at: index)
      frame.dissolve = .init(
        picture: picture(resting: legs[leg].to, at: index), share: progress)
    }
    return frame
  }

  /// The frames during which the sentence of the stop numbered `index` is told.
  public func frames(of index: Int) -> Range<Int> {
    let end = index + 1 < starts.count ? starts[index + 1] : frameCount
    return min(starts[index], end)..<end
  }

  /// The number of the shot that a stop is in: what lies between two cuts or dissolves.
  public func shot(of stop: Int) -> Int { shots[stop] }

  /// The first frame in which anything is seen of a shot.
  public func start(ofShot shot: Int) -> Int { shotStarts[shot] }

  /// How the camera sees in a frame what it saw in the frame before.
  public var cameraStep: NoiseView {
    options.noise.camera.move(1 / rate.framesPerSecond)
  }

  /// How far every frame of the leg numbered `index` has come by its easing, from the last one that
  /// rests before it to the first that rests after it.
  public func shares(ofLeg index: Int) -> [Double] {
    let frames = legs[index].frames
    return (0...frames).map { options.easing(Double($0) / Double(frames)) }
  }

  /// The picture at the blend `t` of a leg, with still noise: what a look ahead sees.
  public func probe(leg index: Int, blend t: Double) -> PictureRecipe {
    let leg = legs[index]
    let noise = restingNoise[leg.from].slerp(to: restingNoise[leg.to], at: t)
    return PictureRecipe(from: leg.from, to: leg.to, blend: t, noise: noise)
  }

  /// The picture of the stop numbered `index` with still noise.
  public func portrait(of index: Int) -> PictureRecipe {
    PictureRecipe(from: index, to: index, blend: 0, noise: restingNoise[index])
  }

  /// This plan with the frames of the leg numbered `index` at these blends, which rise from 0 to 1.
  public func placed(leg index: Int, at blends: [Double]) -> FramePlan {
    precondition(blends.count == legs[index].frames + 1)
    var plan = self
    plan.places[index] = blends
    return plan
  }

  // MARK: Pictures

  private func picture(resting stop: Int, at frame: Int) -> PictureRecipe {
    PictureRecipe(from: stop, to: stop, blend: 0, noise: moved(restingNoise[stop], stop, at: frame))
  }

  private func picture(leg index: Int, blend: Double, at frame: Int) -> PictureRecipe {
    let leg = legs[index]
    let noise = restingNoise[leg.from].slerp(to: restingNoise[leg.to], at: blend)
    return PictureRecipe(
      from: leg.from, to: leg.to, blend: blend, noise: moved(noise, leg.from, at: frame))
  }

  /// The noise of a stop, or of the way from it, with what moves in it.
  private func moved(_ noise: NoiseRecipe, _ stop: Int, at frame: Int) -> NoiseRecipe {
    guard !options.noise.isStill else { return noise }
    let (drift, camera) = (options.noise.drift, options.noise.camera)
    let seconds = clock(stop, at: frame)
    let drifted = drift == 0 ? noise : noise.drifted(by: drift * seconds)
    return camera.isStill ? drifted : drifted.seen(by: camera, after: seconds)
  }

  /// For how many seconds the noise has been moving. Every shot begins anew, so that an edit in one
  /// scene moves nothing in another.
  private func clock(_ stop: Int, at frame: Int) -> Double {
    guard options.loop else {
      return Double(frame - shotStarts[shots[stop]]) / rate.framesPerSecond
    }
    // A loop has to come back to where it began: it swings out and in, at the same mean speed.
    let length = Double(frameCount)
    return length / 4 * sin(2 * .pi * Double(frame) / length) / rate.framesPerSecond
  }

  // MARK: Times

  private func stop(at frame: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= frame { low = middle } else { high = middle }
    }
    return low
  }

  private func leg(at frame: Int, around stop: Int) -> (index: Int, step: Int)? {
    if stop < legs.count, let step = legs[stop].step(at: frame) { return (stop, step) }
    if stop > 0, let step = legs[stop - 1].step(at: frame) { return (stop - 1, step) }
    // The leg that closes a loop is still under way when the film begins again.
    if stop == 0, legs.count == stops.count, let closing = legs.last,
      let step = closing.step(at: frame + frameCount)
    {
      return (legs.count - 1, step)
    }
    return nil
  }
}
