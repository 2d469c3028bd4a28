import Foundation
import Testing
import Travel

@Suite struct PaceTests {
  /// A picture that stands still, jumps around blend 0.6, and stands still again.
  private func picture(_ t: Double) -> Double { 1 / (1 + exp(-40 * (t - 0.6))) }

  private func changes(_ blends: [Double]) -> [Double] {
    zip(blends, blends.dropFirst()).map { abs(picture($1) - picture($0)) }
  }

  private func curve(probes count: Int, _ picture: (Double) -> Double) -> ChangeCurve {
    let seen = (0...count).map { picture(Double($0) / Double(count)) }
    return ChangeCurve(ProbeSeries(evenly: zip(seen, seen.dropFirst()).map { abs($1 - $0) }))
  }

  @Test(arguments: [[1.0, 1, 1, 1], [0, 0, 1, 0], [5, 0.001, 3, 1], [0, 1, 0, 0]])
  func placesAreInOrderAndKeepTheEnds(changes: [Double]) throws {
    let curve = ChangeCurve(ProbeSeries(evenly: changes))
    let blends = curve.blends(at: (0...1000).map { Double($0) / 1000 })
    #expect(blends.first == 0)
    #expect(blends.last == 1)
    #expect(zip(blends, blends.dropFirst()).allSatisfy { $0 < $1 })
    // Nothing is jumped over, not even where nothing changes.
    #expect(zip(blends, blends.dropFirst()).allSatisfy { $1 - $0 < 0.06 })
  }

  @Test func evenChangeNeedsNoRetiming() {
    let curve = ChangeCurve(ProbeSeries(evenly: [2, 2]))
    let shares = (0...20).map { Double($0) / 20 }
    #expect(zip(curve.blends(at: shares), shares).allSatisfy { abs($0 - $1) < 1e-12 })
    let part = curve.blends(at: [0, 0.5, 1], from: 0.2, to: 0.6)
    #expect(zip(part, [0.2, 0.4, 0.6]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func aCurveTakesOverWhatIsMeasured() {
    var curve = ChangeCurve(ProbeSeries(evenly: [4, 0, 2, 2]))
    curve.correct([3, 1], between: [0.125, 0.375, 0.875])
    let changes = curve.changes(between: [0, 0.125, 0.25, 0.375, 0.5, 0.75, 0.875, 1])
    // Before, between and after; within a step as it was.
    let expected = [2, 3, 0, 0, 2.0 / 3, 1.0 / 3, 1]
    #expect(zip(changes, expected).allSatisfy { abs($0 - $1) < 1e-12 }, "\(changes)")
    // What was taken for standing still turns out to move.
    curve.correct([1], between: [0.3, 0.4])
    #expect(abs(curve(0.35) - curve(0.3) - 0.5) < 1e-12)
  }

  @Test func probesGatherWhereThePictureJumps() throws {
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
    let even = (0...96).map { Double($0) / 96 }
    let told = Evenness(ChangeCurve(probes).changes(between: even))?.ratio ?? 0
    let before = Evenness(changes(even))?.ratio ?? 0
    #expect(abs(told / before - 1) < 0.05)
    #expect(before > 8)
    let places = ChangeCurve(probes).blends(at: even)
    #expect((Evenness(changes(places))?.ratio ?? 9) < 1.3)
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
