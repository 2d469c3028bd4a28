import Foundation
import Testing
import Travel

@Suite struct EvenSpacingTests {
  /// A picture of many points, as a model that turns on its way draws it.
  struct Model: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var picture: @Sendable (Double) -> [Double]
    var noise = 0.0
  }

  /// Jumps at three places, each within a few hundredths of the way.
  static let jumps = Model(testDescription: "jumps") { t in
    (0..<64).map { i in
      let place = [0.2, 0.23, 0.7][i % 3]
      return 100 / (1 + exp(-400 * (t - place))) + 5 * t
    }
  }

  /// Turns round and round in the first half: all of its small steps are far more than the way
  /// between two frames.
  static let turns = Model(testDescription: "turns") { t in
    (0..<64).map { i in 2 * sin(200 * min(t, 0.5) + Double(i)) + 40 * t }
  }

  /// The first with a rounding of its own at every blend.
  static let noisy = Model(
    testDescription: "noisy",
    picture: { t in
      jumps.picture(t).enumerated().map { i, value in
        var bits = (t.bitPattern &+ UInt64(i)) &* 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ bits >> 29) &* 0xBF58_476D_1CE4_E5B9
        return value + Double(bits >> 40) / Double(1 << 24)
      }
    }, noise: 1.0 / 3)

  private func difference(_ first: [Double], _ second: [Double]) -> Double {
    zip(first, second).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(first.count)
  }

  private func changes(_ blends: [Double], _ model: Model) -> [Double] {
    zip(blends, blends.dropFirst()).map { difference(model.picture($0), model.picture($1)) }
  }

  /// Spaces frames after a few probes.
  private func spacing(
    _ model: Model, frames: Int = 60, most: Int = 1000, easing: Easing = .soft, looks: Int,
    counting count: @escaping () -> Void = {}
  ) throws -> EvenSpacing<[Double]> {
    let probes = changes((0...32).map { Double($0) / 32 }, model)
    var spacing = EvenSpacing(
      shares: (0...frames).map { easing(Double($0) / Double(frames)) }, most: most,
      curve: ChangeCurve(ProbeSeries(evenly: probes)), noise: model.noise,
      look: { blend in
        count()
        return model.picture(blend)
      }, difference: difference)
    try spacing.improve(looks: looks)
    return spacing
  }

  private func ratio(_ spacing: EvenSpacing<[Double]>, _ model: Model) -> Double {
    Evenness(changes(spacing.frames, model))?.ratio ?? .infinity
  }

  @Test(arguments: [jumps, turns, noisy])
  func becomesEven(model: Model) throws {
    let before = try ratio(spacing(model, looks: 0), model)
    let after = try spacing(model, looks: 300)
    #expect(before > 1.5)
    #expect(ratio(after, model) < 1.32, "after \(before)")
    #expect(after.frames.count == 61)
    #expect(after.frames.first == 0 && after.frames.last == 1)
    #expect(zip(after.frames, after.frames.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test(arguments: [jumps, turns, noisy])
  func neverGetsWorse(model: Model) throws {
    var last = Double.infinity
    for looks in stride(from: 0, through: 200, by: 20) {
      let largest = try changes(spacing(model, looks: looks).known.map(\.blend), model).max() ?? 0
      #expect(largest <= last * (1 + 1e-12))
      last = largest
    }
  }

  @Test func looksNoMoreOftenThanItMay() throws {
    // What can't be made even: a jump in no time at all.
    let cliff = Model(testDescription: "cliff") { t in [t < 0.41 ? t : t + 20] }
    for looks in [0, 7, 60] {
      var count = 0
      let spacing = try spacing(cliff, looks: looks) { count += 1 }
      #expect(count <= 61 + looks)
      #expect(zip(spacing.frames, spacing.frames.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  @Test func knowsThePicturesOfItsFrames() throws {
    let spacing = try spacing(Self.jumps, looks: 100)
    let frames = Set(spacing.frames)
    #expect(spacing.known.count > 50)
    for (blend, picture) in spacing.known {
      #expect(frames.contains(blend))
      #expect(picture == Self.jumps.picture(blend))
    }
  }

  @Test func manyFramesAreLookedAtHereAndThere() throws {
    var count = 0
    let sparse = try spacing(Self.jumps, frames: 400, most: 50, looks: 200) { count += 1 }
    #expect(count <= 251)
    #expect(sparse.frames.count == 401)
    #expect(ratio(sparse, Self.jumps) < 1.7)
  }

  @Test(arguments: Easing.allCases)
  func anEasingIsKept(easing: Easing) throws {
    let spacing = try spacing(Self.jumps, easing: easing, looks: 300)
    let shares = (0...60).map { easing(Double($0) / 60) }
    let own = Evenness(zip(shares, shares.dropFirst()).map { $1 - $0 })?.ratio ?? 1
    #expect(ratio(spacing, Self.jumps) < 1.2 * own)
  }
}
