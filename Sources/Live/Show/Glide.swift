import Foundation

/// A vector that follows its target as a critically damped spring would: place and speed have no
/// jumps however often the target changes, and it doesn't swing past a target that stays.
struct Glide: Sendable {
  /// Where it is.
  private(set) var position: [Float]
  private var velocity: [Float]
  /// Where it goes.
  var target: [Float]

  /// Rests at `position`.
  init(at position: [Float]) {
    self.position = position
    target = position
    velocity = Array(repeating: 0, count: position.count)
  }

  /// Moves on by `seconds`; `rate` is the spring's angular frequency, in radians a second.
  ///
  /// The exact solution of x'' = rate² (target − x) − 2 rate x', so long and short steps agree.
  mutating func advance(by seconds: Double, rate: Double) {
    guard seconds > 0 else { return }
    let (w, t, e) = (Float(rate), Float(seconds), Float(exp(-rate * seconds)))
    for i in position.indices {
      let distance = position[i] - target[i]
      let c = velocity[i] + w * distance
      position[i] = target[i] + (distance + c * t) * e
      velocity[i] = (velocity[i] - w * c * t) * e
    }
  }
}
