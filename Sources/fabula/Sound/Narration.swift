import Film
import Story
import Voice

/// A story as a voice tells it.
struct Narration {
  /// The story with the voice's times.
  let story: Story
  /// What is heard from the story's beginning to its end.
  let speech: Speech

  /// Lets a voice speak each beat of a story; `progress` hears how many are done, and
  /// may throw to end it.
  ///
  /// Each beat begins with its voice, at the very sample; frames are at most half a frame off.
  init(
    of story: Story, by voice: any Voice, progress: (Int) throws -> Void = { _ in }
  ) throws {
    var spoken: [Speech?] = []
    for (index, beat) in story.beats.enumerated() {
      try progress(index)
      spoken.append(try Self.speech(of: beat.text, by: voice))
    }
    let told = story.told(in: spoken.map { $0?.microseconds ?? 0 })
    let rate = spoken.lazy.compactMap { $0?.rate }.first ?? 48_000
    func sample(_ microseconds: Int) -> Int { (microseconds * rate + 500_000) / 1_000_000 }
    var samples = [Float](repeating: 0, count: sample(told.durationMicroseconds))
    for (beat, speech) in zip(told.beats, spoken) {
      guard let speech else { continue }
      let own =
        speech.rate == rate ? speech.samples : try Self.resampled(speech, rate: rate)
      let start = sample(beat.startMicroseconds)
      let count = min(own.count, samples.count - start)
      samples.replaceSubrange(start..<start + count, with: own[..<count])
    }
    self.story = told
    speech = Speech(samples: samples, rate: rate)
  }

  /// What is heard of a text, from where the voice begins to where it ends; nil for one without
  /// words, as of notes in subtitles.
  private static func speech(of text: String, by voice: any Voice) throws -> Speech? {
    guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
    guard let speech = try voice.speak(text).trimmed() else {
      throw VoiceError.silent(text: text)
    }
    return speech
  }

  private static func resampled(_ speech: Speech, rate: Int) throws -> [Float] {
    try Sound(reading: .samples(speech.samples, rate: speech.rate, channels: 1), rate: rate).samples
  }
}
