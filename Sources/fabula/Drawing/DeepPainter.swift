import Film
import Travel

/// Paints frames with 16 bits a colour, as the model drew them before they were rounded.
final class DeepPainter {
  private let painter: Painter
  // A dissolve holds two pictures at once.
  private var pictures = RecentValues<PictureRecipe, [Float]>(capacity: 2)

  init(painter: Painter) {
    self.painter = painter
  }

  /// The frame's colours.
  func paint(_ frame: PlannedFrame) throws -> Picture.Pixels {
    var values = try paint(frame.picture)
    if let dissolve = frame.dissolve {
      let share = Float(dissolve.share)
      let second = try paint(dissolve.picture)
      for i in values.indices { values[i] += share * (second[i] - values[i]) }
    }
    return .sixteen(values.map { UInt16(($0 * 65535).rounded()) })
  }

  /// The picture as interleaved values, 0...1.
  private func paint(_ recipe: PictureRecipe) throws -> [Float] {
    try pictures.value(recipe) {
      let planes = try painter.draw(recipe).image
      let count = planes.count / 3
      return (0..<planes.count).map { planes[$0 % 3 * count + $0 / 3] }
    }
  }
}
