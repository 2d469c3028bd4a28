import Foundation
import Testing
import Travel

@Suite struct CameraTests {
  /// Standard normal numbers at the cells of an endless plane.
  private func cell(_ x: Int, _ y: Int) -> Float {
    func word(_ salt: UInt64) -> Double {
      var z = UInt64(bitPattern: Int64(x)) &* 0x9E37_79B9_7F4A_7C15
      z ^= UInt64(bitPattern: Int64(y)) &* 0xC2B2_AE3D_27D4_EB4F ^ salt
      for _ in 0..<3 {
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      }
      return (Double(z >> 11) + 0.5) * 0x1p-53
    }
    return Float((-2 * log(word(1))).squareRoot() * cos(2 * .pi * word(2)))
  }

  /// Mean, variance, and correlation of neighbours across and down.
  private func statistics(_ field: [Float], side: Int) -> [Double] {
    let count = Double(field.count)
    let mean = field.reduce(0) { $0 + Double($1) } / count
    let variance = field.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    var sums = [0.0, 0.0]
    for y in 0..<side - 1 {
      for x in 0..<side - 1 {
        let here = Double(field[y * side + x])
        sums[0] += here * Double(field[y * side + x + 1])
        sums[1] += here * Double(field[(y + 1) * side + x])
      }
    }
    let pairs = Double((side - 1) * (side - 1))
    return [mean, variance, sums[0] / pairs / variance, sums[1] / pairs / variance]
  }

  private func check(_ field: [Float], side: Int, _ what: String) {
    let found = statistics(field, side: side)
    #expect(abs(found[0]) < 0.03, "mean of \(what)")
    #expect(abs(found[1] - 1) < 0.05, "variance of \(what)")
    #expect(abs(found[2]) < 0.12 && abs(found[3]) < 0.12, "neighbours of \(what): \(found)")
  }

  @Test(arguments: [0.0, 0.125, 0.25, 0.5, 0.9])
  func movedNoiseStaysWhite(cells: Double) {
    let side = 128
    let view = NoiseView(x: (17 + cells) / Double(side), y: (-5 - cells) / Double(side))
    check(view.picture(width: side, height: side, cell: cell), side: side, "\(cells) cells")
  }

  @Test(arguments: [0.0, 0.1, 0.25, 0.4, 0.5, 0.75, 1.3, -0.6])
  func zoomedNoiseStaysWhite(octaves: Double) throws {
    let side = 128
    let camera = Camera(zoom: 2)
    let rate = try #require(FrameRate(100))
    let plan = try FramePlan(
      stops: [Stop(start: 0, duration: 3_000_000)], rate: rate,
      options: TravelOptions(
        noise: NoiseOptions(camera: octaves < 0 ? Camera(zoom: 0.5) : camera, seed: 1)))
    let recipe = plan.frame(Int((abs(octaves) * 100).rounded())).picture.noise
    #expect(abs(recipe.terms.reduce(0) { $0 + $1.weight * $1.weight } - 1) < 1e-9)
    let field = recipe.noise { source in
      let level = source.view.level &* 1009
      return source.view.picture(width: side, height: side) { cell($0 + level, $1 - level) }
    }
    check(field, side: side, "\(octaves) octaves")
  }

  @Test func aStillViewIsTheField() {
    let field = NoiseView.still.picture(width: 6, height: 4, cell: cell)
    let cells = (0..<4).flatMap { y in (0..<6).map { cell($0, y) } }
    for (a, b) in zip(field, cells) { #expect(abs(a - b) < 1e-6) }
  }

  @Test func aPanMovesWhatIsThereByWholeCells() {
    let still = NoiseView.still.picture(width: 16, height: 8, cell: cell)
    let moved = NoiseView(x: 3.0 / 16, y: 1.0 / 8).picture(width: 16, height: 8, cell: cell)
    for y in 0..<7 {
      for x in 0..<13 { #expect(abs(moved[y * 16 + x] - still[(y + 1) * 16 + x + 3]) < 1e-5) }
    }
  }

  @Test func aPictureKeepsItsBrightness() {
    let view = NoiseView(x: 0.031, y: 0.4, scale: 1.2)
    let grey = view.picture(width: 8, height: 8, keepsVariance: false) { _, _ in 0.7 }
    #expect(grey.allSatisfy { abs($0 - 0.7) < 1e-5 })
  }

  @Test func theCameraMovesLittleInAFrame() throws {
    let rate = try #require(FrameRate(24))
    let camera = Camera(panX: 0.05, zoom: 1.05)
    let plan = try FramePlan(
      stops: [Stop(start: 0, duration: 60_000_000)], rate: rate,
      options: TravelOptions(noise: NoiseOptions(camera: camera, seed: 1)))
    func field(_ frame: Int) -> [Float] {
      plan.frame(frame).picture.noise.noise { source in
        let level = source.view.level &* 1009
        return source.view.picture(width: 32, height: 32) { cell($0 + level, $1 - level) }
      }
    }
    // Also where one plane hands over to the next.
    for frame in [0, 100, 500, 1000, 1400] {
      let (a, b) = (field(frame), field(frame + 1))
      let product = zip(a, b).reduce(0) { $0 + Double($1.0 * $1.1) }
      let squares = a.reduce(0) { $0 + Double($1 * $1) }
      #expect(product / squares > 0.9, "frame \(frame)")
    }
  }

  @Test func everyShotBeginsWithItsStillPicture() throws {
    let rate = try #require(FrameRate(10))
    let stops = (0..<4).map { Stop(start: $0 * 2_000_000, duration: 2_000_000, scene: $0 / 2) }
    let plan = try FramePlan(
      stops: stops, rate: rate,
      options: TravelOptions(noise: NoiseOptions(camera: Camera(panX: 0.1), seed: 1)))
    #expect(stops.indices.map(plan.shot(of:)) == [0, 0, 1, 1])
    #expect(plan.start(ofShot: 1) == 40)
    #expect(plan.frame(0).picture == plan.portrait(of: 0))
    #expect(plan.frame(40).picture == plan.portrait(of: 2))
    #expect(plan.frame(41).picture.noise != plan.frame(40).picture.noise)
    #expect(abs(plan.cameraStep.x - 0.01) < 1e-12)
  }

  @Test func aStopMayHaveASeedOfItsOwn() throws {
    let rate = try #require(FrameRate(10))
    let stops = (0..<2).map {
      Stop(start: $0 * 1_000_000, duration: 1_000_000, scene: $0, seed: $0 == 1 ? 70 : nil)
    }
    let plan = try FramePlan(
      stops: stops, rate: rate, options: TravelOptions(noise: NoiseOptions(seed: 3)))
    #expect(plan.portrait(of: 0).noise == NoiseRecipe(NoiseSource(seed: 3)))
    #expect(plan.portrait(of: 1).noise == NoiseRecipe(NoiseSource(seed: 71)))
  }
}
