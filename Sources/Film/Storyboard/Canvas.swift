/// A picture that others are drawn into.
struct Canvas {
  let width: Int
  let height: Int
  private(set) var rgb: [UInt8]

  init(width: Int, height: Int, colour: [UInt8]) {
    self.width = width
    self.height = height
    rgb = [UInt8](unsafeUninitializedCapacity: width * height * 3) { pixels, count in
      for index in 0..<width * height * 3 { pixels[index] = colour[index % 3] }
      count = width * height * 3
    }
  }

  /// Draws a picture, which must fit.
  mutating func draw(_ picture: Picture, x: Int, y: Int) {
    let source = picture.rgb
    let row = picture.width * 3
    for line in 0..<picture.height {
      let target = ((y + line) * width + x) * 3
      rgb.replaceSubrange(target..<target + row, with: source[line * row..<(line + 1) * row])
    }
  }
}
