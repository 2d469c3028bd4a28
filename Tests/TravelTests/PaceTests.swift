import Foundation
import Testing
import Travel

@Suite struct PaceTests {
  /// A picture that stands still, jumps around blend 0.6, and stands still again.
  private func picture(_ t: Double) -> Double { 1 / (1 + exp(-40 * (t - 0.6))) }

  private func changes(_ blends: [Double]) -> [Double] {
    zip(blends, blends.dropFirst()).map { abs(picture($1) - picture($0)) }
  }

  private func evenness(_ pace: (Double) -> Double) -> Double {
    let frames = (0...96).map { pace(Double($0) / 96) }
    return Evenness(changes(frames))?.ratio ?? .infinity
  }

  @Test(arguments: [[1.0, 1, 1, 1], [0, 0, 1, 0], [5, 0.001, 3, 1], [0, 1, 0, 0]])
  func isMonotoneAndKeepsItsEnds(changes: [Double]) throws {
    let pace = try #require(PaceMap(blends: [0, 0.25, 0.5, 0.75, 1], changes: changes))
    #expect(pace(0) == 0)
    #expect(pace(1) == 1)
    var last = 0.0
    for step in 1...1000 {
      let blend = pace(Double(step) / 1000)
      #expect(blend >= last && blend <= 1)
      last = blend
    }
  }

  @Test func evenChangeNeedsNoRetiming() throws {
    let pace = try #require(PaceMap(blends: [0, 0.5, 1], changes: [2, 2]))
    for u in stride(from: 0, through: 1, by: 0.05) { #expect(abs(pace(u) - u) < 1e-9) }
  }

  @Test(arguments: [
    ([0.0, 1], [0.0]), ([0, 1], [-1]), ([0, 1], [.nan]), ([0, 0.5], [1]),
    ([0, 0.5, 0.5, 1], [1, 1, 1]),
    ([0, 1], [1, 2]), ([], []),
  ])
  func refusesProbesThatSayNothing(blends: [Double], changes: [Double]) {
    #expect(PaceMap(blends: blends, changes: changes) == nil)
  }

  @Test func probesMakeAJumpEven() throws {
    var probes = ProbeSeries(evenly: changes((0...8).map { Double($0) / 8 }))
    while let blend = probes.next(above: 1.0 / 32, orUnevenAbove: 1.0 / 64) {
      let (before, after) = probes.neighbours(of: blend)
      probes.add(
        blend, fromBefore: abs(picture(blend) - picture(before)),
        toAfter: abs(picture(after) - picture(blend)))
    }
    #expect(probes.blends == probes.blends.sorted())
    #expect(probes.changes.count == probes.blends.count - 1)
    #expect(probes.changes.allSatisfy { $0 <= 1.01 / 32 })
    // What the probes tell of the motion without re-timing is what it is.
    let told = Evenness(probes.changes(between: (0...96).map { Double($0) / 96 }))?.ratio ?? 0
    #expect(abs(told / evenness { $0 } - 1) < 0.05)
    let pace = try #require(probes.pace)
    let before = evenness { $0 }
    let after = evenness { pace($0) }
    #expect(before > 8)
    #expect(after < 1.3)
  }

  @Test func softEasingStaysUnderTheGoal() {
    let steps = (0...240).map { Easing.soft(Double($0) / 240) }
    let changes = zip(steps, steps.dropFirst()).map { $1 - $0 }
    #expect((Evenness(changes)?.ratio ?? 9) <= 1.12)
  }

  @Test(arguments: Easing.allCases)
  func easingsRiseFromNoughtToOne(easing: Easing) {
    let values = (0...100).map { easing(Double($0) / 100) }
    #expect(values.first == 0)
    #expect(abs((values.last ?? 0) - 1) < 1e-12)
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(abs(easing(0.5) - 0.5) < 1e-9)
  }

  @Test func evennessOfNothing() {
    #expect(Evenness([]) == nil)
    #expect(Evenness([0, 0])?.ratio == 1)
    #expect(Evenness([0, 0, 0, 4])?.ratio == 4)
  }
}
