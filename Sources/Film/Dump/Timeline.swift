/// Maps times of the film as it was drawn to times of the film as it is now.
struct Timeline {
  /// Frames a second as they were drawn.
  let drawn: FrameRate
  /// Frames a second now.
  let shown: FrameRate
  /// For each frame of the film now, its number then; never falling.
  let origins: [Int]

  /// A time then, in seconds, as a time now. Inside a deleted frame it is that frame's cut.
  func time(_ then: Double) -> Double {
    let exact = then * drawn.value
    // A time that was meant to be a frame's begin must not fall into the frame before.
    let frame = Int((exact + 1e-6).rounded(.down))
    let before = count(below: frame)
    let isThere = before < origins.count && origins[before] == frame
    let isEnd = frame > (origins.last ?? -1)
    let rest = isThere ? max(0, exact - Double(frame)) : 0
    return shown.seconds(isEnd ? origins.count : before) + shown.seconds(1) * rest
  }

  /// How many frames now were before that number then.
  private func count(below frame: Int) -> Int {
    var (low, high) = (0, origins.count)
    while low < high {
      let middle = (low + high) / 2
      if origins[middle] < frame { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
