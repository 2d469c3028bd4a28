/// What noise each picture is drawn from.
public struct NoiseOptions: Hashable, Sendable {
  /// What a stop's noise depends on.
  public enum Scope: Hashable, Sendable {
    /// One noise for the whole film: the seed itself.
    case film
    /// One a scene: the seed plus the scene's number.
    case scene
    /// The scene's noise, turned by `spread` radians to one of the stop's own; travels slerp.
    case stop(spread: Double)
  }

  /// What a stop's noise depends on.
  public var scope: Scope
  /// How fast every noise turns, in radians a second; 0 keeps it still.
  public var drift: Double
  /// How the camera moves over the noise.
  public var camera: Camera
  /// The film's seed.
  public var seed: UInt64

  /// Still noise, one a scene.
  public init(
    scope: Scope = .scene, drift: Double = 0, camera: Camera = Camera(), seed: UInt64 = 0
  ) {
    self.scope = scope
    self.drift = drift
    self.camera = camera
    self.seed = seed
  }

  /// Whether a resting picture stays the same.
  public var isStill: Bool { drift == 0 && camera.isStill }

  /// The still noise of the stop numbered `index`.
  func recipe(stop index: Int, _ stop: Stop) -> NoiseRecipe {
    let scene = stop.scene
    let seed = stop.seed ?? self.seed
    switch scope {
    case .film: return NoiseRecipe(NoiseSource(seed: seed))
    case .scene: return sceneRecipe(scene, seed)
    case .stop(let spread):
      // Far from the scenes' seeds, so that a stop never meets a scene's noise.
      let own = NoiseSource(seed: seed &+ 1_000_003 &* UInt64(index + 1), field: Self.stopField)
      return sceneRecipe(scene, seed).leaning(to: NoiseRecipe(own), by: spread)
    }
  }

  private static let stopField: UInt32 = 16

  private func sceneRecipe(_ scene: Int, _ seed: UInt64) -> NoiseRecipe {
    NoiseRecipe(NoiseSource(seed: seed &+ UInt64(bitPattern: Int64(scene))))
  }
}
