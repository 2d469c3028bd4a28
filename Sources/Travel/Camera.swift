import Foundation

/// A camera that moves over the noise, and so over what is drawn from it.
///
/// A pan moves along one endless plane of noise. A zoom can't: a plane that is seen ever larger
/// is no noise any more. It passes through planes half an octave apart, each of which is seen
/// while it has about its own size, and turned into the next one on the way.
public struct Camera: Hashable, Sendable {
  /// How fast it moves to the right, in widths of the picture a second.
  public var panX: Double
  /// How fast it moves down, in heights of the picture a second.
  public var panY: Double
  /// How many times larger everything is after a second; 1 does not zoom.
  public var zoom: Double

  /// A camera; by default, one that stands still.
  public init(panX: Double = 0, panY: Double = 0, zoom: Double = 1) {
    self.panX = panX
    self.panY = panY
    self.zoom = zoom
  }

  /// Whether nothing moves.
  public var isStill: Bool { panX == 0 && panY == 0 && zoom == 1 }

  /// Planes of noise in a doubling of the size.
  private static let levelsAnOctave = 2.0

  /// How it sees a field `seconds` after it started; the weights' squares add up to 1.
  func views(at seconds: Double) -> [(view: NoiseView, weight: Double)] {
    let speed = log2(zoom) * Self.levelsAnOctave
    let position = speed * seconds
    let level = Int(position.rounded(.down))
    let share = position - Double(level)
    return [(level, cos(.pi / 2 * share)), (level + 1, sin(.pi / 2 * share))].compactMap {
      level, weight in
      guard weight > 1e-9 else { return nil }
      // Each plane has its own size when the zoom is at its level; the pan is counted from there.
      let start = level == 0 ? 0 : Double(level) / speed
      var view = move(seconds - start)
      view.level = level
      return (view, weight)
    }
  }

  /// How a picture is seen `seconds` later.
  public func move(_ seconds: Double) -> NoiseView {
    let rate = log(zoom)
    // On the plane the same pan is slower the larger the plane is seen: the integral of 1 / scale.
    let way = rate == 0 ? seconds : (1 - exp(-rate * seconds)) / rate
    return NoiseView(x: panX * way, y: panY * way, scale: exp(rate * seconds))
  }
}
