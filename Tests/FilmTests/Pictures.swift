/// Test pictures.
enum Pictures {
  /// Eight vertical bars in the order of the classic test card.
  static let bars: [[UInt8]] = [
    [255, 255, 255], [255, 255, 0], [0, 255, 255], [0, 255, 0],
    [255, 0, 255], [255, 0, 0], [0, 0, 255], [0, 0, 0],
  ]

  static func colourBars(_ width: Int, _ height: Int) -> [UInt8] {
    picture(width, height) { x, _ in bars[x * 8 / width] }
  }

  /// A smooth picture that says which one it is: a wide bright bar at column 8 × index.
  static func numbered(_ index: Int, _ width: Int = 64, _ height: Int = 48) -> [UInt8] {
    picture(width, height) { x, y in
      let isBar = x / 8 == index % (width / 8)
      return isBar ? [240, 240, 240] : [UInt8(x * 2), UInt8(y * 3), 60]
    }
  }

  /// The index that `numbered` drew, 0 ..< width / 8.
  static func number(of rgb: [UInt8], _ width: Int = 64, _ height: Int = 48) -> Int? {
    let row = height / 2 * width * 3
    return (0..<width / 8).first { bar in
      (2..<6).allSatisfy { rgb[row + (bar * 8 + $0) * 3 + 2] > 180 }
    }
  }

  static func picture(_ width: Int, _ height: Int, _ colour: (Int, Int) -> [UInt8]) -> [UInt8] {
    var rgb: [UInt8] = []
    rgb.reserveCapacity(width * height * 3)
    for y in 0..<height { for x in 0..<width { rgb += colour(x, y) } }
    return rgb
  }
}
