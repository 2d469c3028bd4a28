import CFFmpeg

/// The 255 colours that suit a whole film best, and its pictures in them.
///
/// One palette for all frames: with one a frame, still areas would flicker.
final class Palette {
  private let graph: FilterGraph
  private let frame: Frame
  private let result: Frame
  private var count: Int64 = 0

  init(of path: String, options: FilmOptions, name: String) throws(FilmError) {
    let input = FilterGraph.Input(
      width: options.width, height: options.height, pixels: AV_PIX_FMT_RGB24, fps: options.fps)
    frame = try Frame.rgb(width: options.width, height: options.height)
    result = try Frame()

    let finder = try FilterGraph(
      "[in0]format=bgra,palettegen=reserve_transparent=0[out]", inputs: [input], name: name)
    let source = try FilmReader(path: path)
    while let picture = try source.next() {
      try frame.fill(picture.rgb)
      frame.raw.pointee.pts = count
      count += 1
      try finder.push(frame)
    }
    try finder.push(nil)
    let colours = try Frame()
    guard try finder.pull(into: colours) else { throw .noFrames(path: name) }

    count = 0
    let square = FilterGraph.Input(width: 16, height: 16, pixels: AV_PIX_FMT_BGRA, fps: options.fps)
    graph = try FilterGraph(
      "[in0]format=bgra[a];[a][in1]paletteuse=dither=bayer:bayer_scale=4[out]",
      inputs: [input, square], name: name)
    colours.raw.pointee.pts = 0
    try graph.push(colours, to: 1)
    try graph.push(nil, to: 1)
  }

  /// The next picture of the film in the palette's colours.
  func reduce(_ rgb: [UInt8]) throws(FilmError) -> Frame {
    try frame.fill(rgb)
    frame.raw.pointee.pts = count
    count += 1
    try graph.push(frame)
    guard try graph.pull(into: result) else { throw .options("no palette fits the film") }
    return result
  }
}
