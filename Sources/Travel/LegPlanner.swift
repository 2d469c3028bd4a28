/// Puts the legs between stops on the frame grid.
struct LegPlanner {
  let stops: [Stop]
  let starts: [Int]
  let frameCount: Int
  let rate: FrameRate
  let options: TravelOptions

  /// Leg i leads from stop i to the next; a loop has one more, back to the first.
  var legs: [Leg] {
    guard stops.count > 1 else { return [] }
    let inner = stops.indices.dropLast().map { leg(from: $0, to: $0 + 1, at: starts[$0 + 1]) }
    return options.loop ? inner + [closing] : inner
  }

  /// A loop that ended with a cut would not be seamless.
  private var closing: Leg {
    var planner = self
    if case .cut = options.sceneChange {
      planner = LegPlanner(
        stops: stops, starts: starts, frameCount: frameCount, rate: rate,
        options: TravelOptions(share: options.share, sceneChange: .travel))
    }
    return planner.leg(from: stops.count - 1, to: 0, at: frameCount)
  }

  private func leg(from: Int, to: Int, at boundary: Int) -> Leg {
    var leg = Leg(
      from: from, to: to, kind: .travel, start: boundary - travelFrames(from),
      end: boundary + travelFrames(to))
    guard stops[from].scene != stops[to].scene else { return leg }
    switch options.sceneChange {
    case .travel: break
    case .cut: leg = Leg(from: from, to: to, kind: .cut, start: boundary, end: boundary)
    case .dissolve(let length):
      let half = Int((Double(rate.frameCount(microseconds: length)) / 2).rounded())
      leg = Leg(
        from: from, to: to, kind: .dissolve, start: boundary - min(half, room(from)),
        end: boundary + min(half, room(to)))
    }
    return leg
  }

  /// How many frames of a stop's time the leg on one side of it takes.
  private func travelFrames(_ stop: Int) -> Int {
    min(Int((frames(stop) * options.share / 2).rounded()), room(stop))
  }

  /// The most that a leg may take without meeting the one on the stop's other side, wherever the
  /// grid puts the stop.
  private func room(_ stop: Int) -> Int { max(0, Int((frames(stop) - 1) / 2)) }

  /// A stop's length in frames: up to the next one's start, the pause after it included.
  private func frames(_ stop: Int) -> Double {
    let end = stop + 1 < stops.count ? stops[stop + 1].start : stops[stop].end
    return Double(end - stops[stop].start) / 1_000_000 * rate.framesPerSecond
  }
}
