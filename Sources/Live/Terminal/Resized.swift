/// A picture's RGB bytes at another size: a pixel is the mean of those whose place it takes.
func resized(
  _ rgb: [UInt8], from old: (width: Int, height: Int), to new: (width: Int, height: Int)
) -> [UInt8] {
  /// At least one of the old picture's rows or columns, of which there are `count`.
  func places(_ index: Int, of size: Int, _ count: Int) -> Range<Int> {
    let first = index * count / size
    return first..<max(first + 1, (index + 1) * count / size)
  }
  var result: [UInt8] = []
  result.reserveCapacity(new.width * new.height * 3)
  for y in 0..<new.height {
    let rows = places(y, of: new.height, old.height)
    for x in 0..<new.width {
      let columns = places(x, of: new.width, old.width)
      var (r, g, b) = (0, 0, 0)
      for row in rows {
        for column in columns {
          let i = (row * old.width + column) * 3
          r += Int(rgb[i])
          g += Int(rgb[i + 1])
          b += Int(rgb[i + 2])
        }
      }
      let count = rows.count * columns.count
      result.append(UInt8(r / count))
      result.append(UInt8(g / count))
      result.append(UInt8(b / count))
    }
  }
  return result
}
