extension Story {
  /// The frames of each beat, without gaps or overlaps. Each beat's start is rounded by itself, so
  /// that it is under half a frame off, however long the story is.
  public func frameRanges(fps: Double) -> [Range<Int>] {
    func frame(_ microseconds: Int) -> Int {
      Int((Double(microseconds) * fps / 1_000_000).rounded())
    }
    return beats.map { beat in
      let first = frame(beat.startMicroseconds)
      return first..<max(first, frame(beat.endMicroseconds))
    }
  }
}
