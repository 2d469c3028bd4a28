/// A line and the frames that it was told in.
public struct Caption: Equatable, Sendable {
  /// The line as it was at last.
  public var text: String
  /// The frames.
  public var frames: Range<Int>
}

/// Gathers captions from the lines of frames. A line that is typed letter by letter is one caption.
public struct Captions: Sendable {
  private var id = 0
  /// The captions so far.
  public private(set) var all: [Caption] = []

  /// No captions yet.
  public init() {}

  /// Frame `frame`, the one after the last, told `line`.
  public mutating func note(_ line: Line, frame: Int) {
    guard let last = all.indices.last, line.id == id else {
      id = line.id
      all.append(Caption(text: line.text, frames: frame..<frame + 1))
      return
    }
    all[last].text = line.text
    all[last].frames = all[last].frames.lowerBound..<frame + 1
  }
}
