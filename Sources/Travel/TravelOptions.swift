/// How the film moves from stop to stop.
public struct TravelOptions: Hashable, Sendable {
  /// What happens where the scene changes.
  public enum SceneChange: Hashable, Sendable {
    /// The next scene's picture is there at once.
    case cut
    /// The two pictures are cross-faded over so many microseconds.
    case dissolve(Int)
    /// As between any two stops.
    case travel
  }

  /// The share of each stop's time that is spent travelling, half of it at either end, 0...1.
  public var share: Double
  /// How speed is spread over a leg.
  public var easing: Easing
  /// What happens where the scene changes.
  public var sceneChange: SceneChange
  /// Whether the film ends on its way back to its first picture.
  public var loop: Bool
  /// What noise each picture is drawn from.
  public var noise: NoiseOptions

  /// Two thirds of the time on the way, softly, with a cut between scenes.
  public init(
    share: Double = 0.65, easing: Easing = .soft, sceneChange: SceneChange = .cut,
    loop: Bool = false, noise: NoiseOptions = NoiseOptions()
  ) {
    self.share = share
    self.easing = easing
    self.sceneChange = sceneChange
    self.loop = loop
    self.noise = noise
  }
}
