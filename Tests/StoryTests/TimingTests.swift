import Testing

@testable import Story

struct TimingTests {
  private static let prose =
    Array(
      repeating: "The fox walked slowly through the forest, and the snow fell on its back.",
      count: 60
    )
    .joined(separator: " ")

  private func story(_ text: String, _ options: StoryOptions = StoryOptions()) throws -> Story {
    let story = try Story(reading: Array(text.utf8), options: options)
    StoryChecks.times(story)
    return story
  }

  /// Audiobooks run at about 155 words a minute, pauses included.
  @Test func englishRunsLikeAnAudiobook() throws {
    let story = try story(Self.prose)
    let words = Self.prose.split(separator: " ").count
    let rate = Double(words) / (story.duration / 60)
    #expect((140...185).contains(rate), "\(rate)")
  }

  @Test func wordsPerMinuteScaleTheWhole() throws {
    let normal = try story(Self.prose).duration
    let slow = try story(Self.prose, StoryOptions(wordsPerMinute: 86.5)).duration
    #expect(abs(slow / normal - 2) < 0.02)
  }

  @Test(arguments: [30.0, 61.5, 200, 333.333_333, 3600])
  func aGivenDurationIsMetExactly(total: Double) throws {
    let story = try story(Self.prose, StoryOptions(duration: total))
    #expect(story.durationMicroseconds == Int((total * 1_000_000).rounded()))
  }

  @Test func beatsKeepWithinTheirBounds() throws {
    let options = StoryOptions(minimumBeat: 2, maximumBeat: 6)
    let text = Self.prose + " No. Yes. " + String(repeating: "and so on and on it went ", count: 60)
    for beat in try story(text, options).beats.dropLast() {
      // The pause after a beat may come on top of the longest.
      #expect((2.0...8.6).contains(beat.duration), "\(beat)")
    }
  }

  @Test func longSentencesAreSplitAtClauses() throws {
    let text =
      "He came closer, one paw after the other, until the light of the lantern made his fur glow like embers, "
      + "and his eyes shone like two moons, which made Mira laugh out loud for the first time that winter."
    let beats = try story(text).beats
    #expect(beats.count > 1)
    #expect(beats.map(\.text).joined(separator: " ") == text)
    for beat in beats.dropLast() { #expect(beat.text.hasSuffix(",")) }
  }

  @Test func fragmentsAreJoined() throws {
    #expect(
      try story("No. He would not go home.").beats.map(\.text) == ["No. He would not go home."])
    #expect(try story("“No.”\n\nHe would not go.").beats.count == 2)
  }

  @Test func nonsenseOptionsAreErrors() {
    for options in [
      StoryOptions(wordsPerMinute: 0), StoryOptions(duration: -1), StoryOptions(duration: .nan),
      StoryOptions(minimumBeat: 5, maximumBeat: 4),
    ] {
      #expect(throws: StoryError.self) { try story("The fox ran.", options) }
    }
  }
}
