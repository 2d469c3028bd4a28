import Travel
import Turbo

/// The standard normal field that a source names, [C, H, W].
func normalNoise(_ source: NoiseSource, shape: [Int]) -> [Float] {
  let isOwn = source.view.level == 0
  let field = Philox(seed: source.seed, stream: UInt64(source.field))
    .normals(count: isOwn ? shape.reduce(1, *) : 0)
  guard source.view != .still else { return field }
  let (channels, height, width) = (shape[0], shape[1], shape[2])
  return (0..<channels).flatMap { channel in
    // Around the field, and on the planes of a zoom, the numbers are addressed by their cells: four
    // channels a cell. The first bit keeps these streams apart from the fields.
    let stream =
      1 << 63 | UInt64(channel / 4) << 48
      | UInt64(UInt16(truncatingIfNeeded: source.view.level)) << 32 | UInt64(source.field)
    let plane = Philox(seed: source.seed, stream: stream)
    return source.view.picture(width: width, height: height) { x, y in
      if isOwn, x >= 0, x < width, y >= 0, y < height {
        return field[(channel * height + y) * width + x]
      }
      return plane.normals(x: Int32(truncatingIfNeeded: x), y: Int32(truncatingIfNeeded: y))[
        channel % 4]
    }
  }
}
