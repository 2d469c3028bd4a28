import CFFmpeg

/// Draws a script's text into pictures.
final class TextPainter {
  private let script: MemoryFile
  private let graph: FilterGraph
  private let frame: Frame
  private let result: Frame

  init(_ script: Script, fps: FrameRate, name: String) throws(FilmError) {
    self.script = try MemoryFile(script.text, name: name)
    let input = FilterGraph.Input(
      width: script.width, height: script.height, pixels: AV_PIX_FMT_RGB24, fps: fps)
    graph = try FilterGraph(
      "[in0]ass=filename=\(self.script.path)[out]", inputs: [input], name: name)
    frame = try Frame.rgb(width: script.width, height: script.height)
    result = try Frame()
  }

  /// The picture of frame `index` with what the script shows at that time.
  func paint(_ rgb: [UInt8], index: Int) throws(FilmError) -> [UInt8] {
    try frame.fill(rgb)
    frame.raw.pointee.pts = Int64(index)
    try graph.push(frame)
    guard try graph.pull(into: result) else { return rgb }
    return result.rgbPixels
  }
}
