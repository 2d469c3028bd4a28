import Testing

@testable import Voice

@Suite struct EspeakTests {
  @Test func speaks() throws {
    let speech = try EspeakVoice(language: "en").speak("The fox walked home.")
    #expect(speech.rate == 22_050)
    let trimmed = try #require(speech.trimmed())
    #expect((800_000...2_500_000).contains(trimmed.microseconds))
  }

  /// The library remembers what it said before; its listeners should not hear that.
  @Test func theSameTextSoundsTheSame() throws {
    let voice = try EspeakVoice(language: "en-GB")
    let first = try voice.speak("A girl lived in the village.")
    _ = try voice.speak("The owl waited; it said nothing.")
    _ = try EspeakVoice(language: "de").speak("Der Drache wanderte am Tag über die Wiese.")
    #expect(try voice.speak("A girl lived in the village.") == first)
  }

  @Test func severalThreadsAtOnce() async throws {
    let voice = try EspeakVoice(language: "en")
    let alone = try voice.speak("One, two, three.")
    try await withThrowingTaskGroup(of: Speech.self) { group in
      for _ in 0..<8 { group.addTask { try voice.speak("One, two, three.") } }
      for try await speech in group { #expect(speech == alone) }
    }
  }

  @Test(arguments: [
    ("en", "English (Great Britain)"), ("en-US", "English (America)"), ("de-AT", "German"),
    ("pt_BR", "Portuguese (Brazil)"), ("pt", "Portuguese (Portugal)"), ("no", "Norwegian Bokmål"),
    ("zh-Hans-CN", "Chinese (Mandarin, latin as English)"), ("fr-FR", "French (France)"),
  ])
  func languages(code: String, name: String) throws {
    #expect(try EspeakVoice(language: code).name == name)
  }

  @Test func names() throws {
    #expect(try EspeakVoice(language: "en", name: "german").name == "German")
    #expect(try EspeakVoice(language: "en", name: "de+f3").name == "German+f3")
    let plain = try EspeakVoice(language: "de").speak("Es war einmal.")
    #expect(try EspeakVoice(language: "en", name: "de+f3").speak("Es war einmal.") != plain)
  }

  @Test func unknownVoices() {
    #expect { _ = try EspeakVoice(language: "tlh") } throws: { error in
      guard case VoiceError.noVoice("tlh", let known) = error else { return false }
      return known.contains("de")
    }
    #expect(throws: VoiceError.self) { _ = try EspeakVoice(language: "") }
    #expect { _ = try EspeakVoice(language: "en", name: "nobody") } throws: { error in
      guard case VoiceError.unknownVoice("nobody", _) = error else { return false }
      return "\(error)".contains("de")
    }
  }

  @Test func speed() throws {
    let text = "The fox walked through the forest, and the owl waited."
    let lengths = try [0.5, 1, 2].map {
      try EspeakVoice(language: "en", speed: $0).speak(text).microseconds
    }
    #expect(lengths[0] > lengths[1] * 5 / 4)
    #expect(lengths[1] > lengths[2] * 5 / 4)
  }

  @Test func markupIsText() throws {
    let voice = try EspeakVoice(language: "en")
    // Neither tags nor phonemes are taken for anything but what is written.
    #expect(try voice.speak("a < b").trimmed() != nil)
    #expect(try voice.speak("[[h@'loU]]") != voice.speak("hello"))
    #expect(try voice.speak("one\0two").microseconds > voice.speak("one").microseconds)
  }
}
