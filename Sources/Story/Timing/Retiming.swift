extension Story {
  /// The story told by a voice that takes `lengths` microseconds for its beats, one each: every
  /// beat lasts as long as the voice, then comes its pause.
  ///
  /// A beat lasts `shortest` seconds at least; one whose length the author gave keeps it where the
  /// voice is not longer; one whose time the file gives begins then, or when the voice has ended
  /// what comes before.
  public func told(in lengths: [Int], shortest: Double = 1.5) -> Story {
    var story = self
    var time = beats.first?.startMicroseconds ?? 0
    let shortest = Int((shortest * 1_000_000).rounded())
    for (index, length) in zip(beats.indices, lengths) {
      let beat = beats[index]
      let end: Int
      switch beat.timing {
      case .voice(let pause): end = time + max(shortest, length + pause)
      case .author: end = time + max(beat.durationMicroseconds, length)
      case .file: end = max(beat.endMicroseconds, time + max(length, 1))
      }
      story.beats[index].startMicroseconds = time
      story.beats[index].durationMicroseconds = end - time
      story.beats[index].voiceMicroseconds = length
      time = end
    }
    return story
  }

  /// The story with the times of another reading of the same text.
  public func timed(like other: Story) -> Story {
    var story = self
    for (index, beat) in zip(beats.indices, other.beats) {
      story.beats[index].startMicroseconds = beat.startMicroseconds
      story.beats[index].durationMicroseconds = beat.durationMicroseconds
      story.beats[index].voiceMicroseconds = beat.voiceMicroseconds
    }
    return story
  }
}
