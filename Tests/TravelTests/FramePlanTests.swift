import Testing
import Travel

@Suite struct FramePlanTests {
  private let second = 1_000_000

  private func stops(_ seconds: [Int], scenes: [Int]? = nil) -> [Stop] {
    var start = 0
    return seconds.enumerated().map { i, length in
      defer { start += length * second }
      return Stop(start: start, duration: length * second, scene: scenes?[i] ?? 0)
    }
  }

  private func plan(
    _ stops: [Stop], fps: Int = 10, _ options: TravelOptions = TravelOptions(easing: .linear)
  ) throws -> FramePlan {
    try FramePlan(stops: stops, rate: #require(FrameRate(fps)), options: options)
  }

  @Test(arguments: [1, 7, 24, 25, 60, 240])
  func lengthIsWithinHalfAFrame(fps: Int) throws {
    let stop = Stop(start: 0, duration: 12_345_678)
    let count = try plan([stop], fps: fps).frameCount
    #expect(abs(Double(count) / Double(fps) - 12.345678) <= 0.5 / Double(fps) + 1e-9)
  }

  @Test func aShortStoryHasOneFrame() throws {
    #expect(try plan([Stop(start: 0, duration: 1)], fps: 24).frameCount == 1)
  }

  @Test func holdsInTheMiddleAndTravelsAcrossTheBoundary() throws {
    let plan = try plan(stops([4, 2]), TravelOptions(share: 0.5, easing: .linear))
    // The leg lasts from 4 − 1 to 4 + 0.5 seconds.
    for k in 0...30 { #expect(plan.frame(k).picture.isAtRest && plan.frame(k).picture.from == 0) }
    for k in 31..<45 {
      let picture = plan.frame(k).picture
      #expect(picture.from == 0 && picture.to == 1)
      #expect(abs(picture.blend - (Double(k) / 10 - 3) / 1.5) < 1e-9)
    }
    for k in 45..<60 { #expect(plan.frame(k).picture.isAtRest && plan.frame(k).picture.from == 1) }
    #expect(plan.frame(39).stop == 0)
    #expect(plan.frame(40).stop == 1)
  }

  @Test func heldFramesAreTheSamePicture() throws {
    let plan = try plan(stops([3, 3, 3]), TravelOptions(share: 0.4))
    let held = (0..<plan.frameCount).map { plan.frame($0).picture }.filter(\.isAtRest)
    #expect(Set(held).count == 3)
  }

  @Test func aCutChangesFromOneFrameToTheNext() throws {
    let plan = try plan(stops([2, 2], scenes: [0, 1]))
    #expect(plan.frame(19).picture.from == 0)
    #expect(plan.frame(20).picture.from == 1)
    #expect(
      (0..<40).allSatisfy { plan.frame($0).picture.isAtRest && plan.frame($0).dissolve == nil })
  }

  @Test func aDissolveShowsTwoRestingPictures() throws {
    let options = TravelOptions(easing: .linear, sceneChange: .dissolve(second))
    let plan = try plan(stops([2, 2], scenes: [0, 1]), options)
    #expect(plan.frame(15).dissolve == nil)
    #expect(plan.frame(20).leg == 0 && plan.legs[0].kind == .dissolve)
    for k in 16..<25 {
      let frame = plan.frame(k)
      #expect(frame.picture.from == 0 && frame.picture.isAtRest)
      let dissolve = try #require(frame.dissolve)
      #expect(dissolve.picture.from == 1 && dissolve.picture.isAtRest)
      #expect(abs(dissolve.share - Double(k - 15) / 10) < 1e-9)
    }
    #expect(plan.frame(25).picture.from == 1 && plan.frame(25).dissolve == nil)
  }

  @Test func aTravelMayLeadAcrossScenes() throws {
    let plan = try plan(stops([2, 2], scenes: [0, 1]), TravelOptions(sceneChange: .travel))
    let middle = plan.frame(20).picture
    #expect(middle.from == 0 && middle.to == 1)
    // Half-way between two independent noises, at unit variance.
    #expect(middle.noise.terms.count == 2)
    #expect(abs(middle.noise.terms.reduce(0) { $0 + $1.weight * $1.weight } - 1) < 1e-12)
  }

  @Test func blendNeverGoesBack() throws {
    for easing in Easing.allCases {
      let plan = try plan(stops([5, 3, 4]), fps: 60, TravelOptions(share: 1, easing: easing))
      var last = 0.0
      for k in 0..<plan.frameCount {
        let picture = plan.frame(k).picture
        let position = Double(picture.from) + picture.blend
        #expect(position >= last)
        last = position
      }
      #expect(last == 2)
    }
  }

  @Test func aLoopEndsWhereItBegins() throws {
    var options = TravelOptions(share: 0.5, easing: .linear, loop: true)
    options.noise = NoiseOptions(scope: .stop(spread: 0.3), drift: 0.1, seed: 7)
    let plan = try plan(stops([4, 4, 4]), fps: 50, options)
    let (last, first) = (plan.frame(plan.frameCount - 1).picture, plan.frame(0).picture)
    #expect(last.from == 2 && last.to == 0)
    #expect(first.from == 2 && first.to == 0)
    // One step of the grid apart, as any two neighbours of the leg.
    #expect(abs(first.blend - last.blend - 0.02 / 2) < 1e-9)
    for term in first.noise.terms {
      let other = last.noise.terms.first { $0.source == term.source }
      #expect(abs(term.weight - (other?.weight ?? 0)) < 0.02)
    }
  }

  @Test func driftMovesTheNoiseOfAHold() throws {
    var options = TravelOptions()
    options.noise = NoiseOptions(drift: 0.2, seed: 3)
    let plan = try plan([Stop(start: 0, duration: 4 * second)], options)
    #expect(plan.frame(0).picture.noise.terms.count == 1)
    #expect(plan.frame(1).picture != plan.frame(2).picture)
  }

  @Test func placesRetimeTheirLegOnly() throws {
    let plan = try plan(stops([4, 4, 4]), TravelOptions(share: 0.5, easing: .soft))
    #expect(plan.legs[0].frames == 20)
    let shares = plan.shares(ofLeg: 0)
    #expect(shares.count == 21 && shares[0] == 0 && shares[20] == 1)
    let places = shares.map { $0 * $0 }
    let placed = plan.placed(leg: 0, at: places)
    for k in 1..<20 {
      #expect(plan.frame(30 + k).picture.blend == shares[k])
      #expect(placed.frame(30 + k).picture == plan.probe(leg: 0, blend: places[k]))
    }
    #expect(placed.frame(75).picture == plan.frame(75).picture)
    #expect(placed.frame(20).picture == plan.frame(20).picture)
  }

  @Test func refusesWhatCannotBePlanned() {
    #expect(throws: PlanError.noStops) { try plan([]) }
    #expect(throws: PlanError.badTime(stop: 0)) { try plan([Stop(start: 0, duration: 0)]) }
    #expect(throws: PlanError.badTime(stop: 1)) {
      try plan([Stop(start: 5, duration: 1), Stop(start: 5, duration: 1)])
    }
    #expect(throws: PlanError.badShare(1.5)) {
      try plan([Stop(start: 0, duration: 1)], TravelOptions(share: 1.5))
    }
  }

  @Test func anEditMovesTheOtherLegsButKeepsTheirPictures() throws {
    func pictures(_ first: Int) throws -> [PictureRecipe] {
      let lengths = [first, 2_345_678, 1_999_999, 3_141_592]
      var start = 0
      let stops = lengths.map { length in
        defer { start += length }
        return Stop(start: start, duration: length)
      }
      let plan = try plan(stops, fps: 24, TravelOptions(share: 1))
      return (0..<plan.frameCount).map { plan.frame($0).picture }.filter { $0.from > 0 }
    }
    #expect(try Set(pictures(1_000_000)) == Set(pictures(1_234_567)))
  }

  @Test func legsNeverMeet() throws {
    for length in 1..<200 {
      let stops = (0..<40).map { Stop(start: $0 * length * 10_007, duration: length * 10_007) }
      let plan = try plan(stops, fps: 24, TravelOptions(share: 1))
      for (leg, next) in zip(plan.legs, plan.legs.dropFirst()) { #expect(leg.end <= next.start) }
    }
  }

  @Test func aFrameIsAFunctionOfItsNumber() throws {
    let plan = try plan(stops([4, 2, 5]), fps: 24)
    let forwards = (0..<plan.frameCount).map { plan.frame($0) }
    let backwards = (0..<plan.frameCount).reversed().map { plan.frame($0) }.reversed()
    #expect(forwards == Array(backwards))
  }
}
