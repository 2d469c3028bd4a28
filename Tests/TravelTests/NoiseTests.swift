import Foundation
import Testing
import Travel

@Suite struct NoiseTests {
  private let a = NoiseSource(seed: 1)
  private let b = NoiseSource(seed: 2)

  private func length(_ recipe: NoiseRecipe) -> Double {
    recipe.terms.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
  }

  @Test(arguments: [0, 0.1, 0.35, 0.5, 0.99, 1])
  func slerpKeepsTheVariance(t: Double) {
    let first = NoiseRecipe(a).leaning(to: NoiseRecipe(b), by: 0.4)
    let second = NoiseRecipe(a).leaning(to: NoiseRecipe(NoiseSource(seed: 3)), by: 0.7)
    #expect(abs(length(first.slerp(to: second, at: t)) - 1) < 1e-12)
    #expect(abs(length(first.drifted(by: t * 9)) - 1) < 1e-12)
  }

  @Test func slerpBetweenIndependentFieldsIsAQuarterCircle() {
    let middle = NoiseRecipe(a).slerp(to: NoiseRecipe(b), at: 1.0 / 3)
    #expect(abs(middle.terms[0].weight - cos(.pi / 6)) < 1e-12)
    #expect(abs(middle.terms[1].weight - sin(.pi / 6)) < 1e-12)
  }

  @Test func slerpEndsAreTheEnds() {
    let (first, second) = (NoiseRecipe(a), NoiseRecipe(b))
    #expect(first.slerp(to: second, at: 0) == first)
    #expect(first.slerp(to: second, at: 1) == second)
    #expect(first.slerp(to: first, at: 0.5) == first)
  }

  @Test func noiseIsTheWeightedSum() {
    let recipe = NoiseRecipe(a).leaning(to: NoiseRecipe(b), by: .pi / 4)
    let noise = recipe.noise { $0 == a ? [1, 0, 2] : [0, 1, 2] }
    let half = Float(0.5).squareRoot()
    for (value, expected) in zip(noise, [half, half, 4 * half]) {
      #expect(abs(value - expected) < 1e-6)
    }
    #expect(NoiseRecipe(a).noise { _ in [5, 6] } == [5, 6])
  }

  @Test func scopesShareWhatTheySayTheyShare() throws {
    let rate = try #require(FrameRate(24))
    let stops = [0, 0, 1].enumerated().map {
      Stop(start: $0 * 1_000_000, duration: 1_000_000, scene: $1)
    }
    func noises(_ scope: NoiseOptions.Scope) throws -> [NoiseRecipe] {
      var options = TravelOptions()
      options.noise = NoiseOptions(scope: scope, seed: 40)
      let plan = try FramePlan(stops: stops, rate: rate, options: options)
      return stops.indices.map { plan.portrait(of: $0).noise }
    }
    #expect(try Set(noises(.film)) == [NoiseRecipe(NoiseSource(seed: 40))])
    let scenes = try noises(.scene)
    #expect(scenes[0] == scenes[1])
    #expect(scenes[2] == NoiseRecipe(NoiseSource(seed: 41)))
    #expect(try Set(noises(.stop(spread: 0.2))).count == 3)
    #expect(try noises(.stop(spread: 0)) == scenes)
  }
}
