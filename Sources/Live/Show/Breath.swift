import Foundation
import Travel

/// The noise of a show: it sways a little while the picture rests, and glides to another seed's.
struct Breath: Sendable {
  private var home: NoiseRecipe
  private var seed: UInt64
  private var secondsOnWay = 0.0
  private var phase = 0.0
  private var calm = 0.0

  /// How far the noise sways, in radians: enough to live, too little to become another picture.
  private static let sway = 0.5
  /// How long a picture must rest before it begins to breathe, and how slowly it begins.
  private static let secondsOfRest = 0.8
  private static let secondsToWake = 1.5

  /// The noise of a seed.
  init(seed: UInt64) {
    self.seed = seed
    home = NoiseRecipe(NoiseSource(seed: seed))
  }

  /// The noise now.
  var recipe: NoiseRecipe {
    let angle = Self.sway * sin(phase)
    return angle == 0 ? home : home.drifted(by: angle)
  }

  /// Moves on by `seconds`, after the picture has rested for `rest` seconds.
  mutating func advance(by seconds: Double, settings: ShowSettings, rest: Double, rate: Double) {
    let wanted = rest > Self.secondsOfRest / settings.pace ? 1.0 : 0.0
    calm += (wanted - calm) * (1 - exp(-seconds / Self.secondsToWake))
    // The sine is fastest where it crosses 0, and `drift` is its speed there.
    phase += calm * settings.drift / Self.sway * seconds
    phase.formTruncatingRemainder(dividingBy: 2 * .pi)
    glide(by: seconds, to: settings.seed, rate: rate)
  }

  private mutating func glide(by seconds: Double, to wanted: UInt64, rate: Double) {
    if wanted != seed {
      seed = wanted
      secondsOnWay = 0
    }
    let target = NoiseRecipe(NoiseSource(seed: seed))
    guard home != target else { return }
    secondsOnWay += seconds
    // What is left then can't be seen.
    home =
      secondsOnWay * rate > 12
      ? target : home.slerp(to: target, at: 1 - exp(-rate / 2 * seconds))
  }
}
