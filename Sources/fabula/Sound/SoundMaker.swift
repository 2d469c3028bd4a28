import ArgumentParser
import Film
import Story
import Voice

/// Makes a story's soundtrack: by a voice, of a recording, or none.
struct SoundMaker {
  let options: SoundOptions
  let reading: StoryReading
  let caching: CacheOptions

  /// The soundtrack of the story in `file`, and the story with its times.
  func soundtrack(of file: StoryFile, _ progress: inout Progress) throws -> Soundtrack {
    let story = try reading.story(in: file)
    for warning in story.settings.warnings { progress.say("fabula: \(file.label): \(warning)") }
    if let path = options.audio { return try recorded(story, in: file, path, &progress) }
    let isNarrated =
      options.narrate ?? (options.isNarrated || story.settings.narrate == true)
    return isNarrated ? try narrated(story, in: file, &progress) : Soundtrack(story: story)
  }

  /// The story with its own times where it has such, else with those of its sentences in the
  /// recording, else stretched to the recording's length.
  private func recorded(
    _ story: Story, in file: StoryFile, _ path: String, _ progress: inout Progress
  ) throws -> Soundtrack {
    progress.note("listening to \(path)")
    // Enough to tell speech from silence.
    let sound = try Sound(reading: .file(path), rate: 16_000)
    progress.clear()
    let hasTimes = reading.duration != nil || story.beats.contains { $0.timing == .file }
    if hasTimes { return Soundtrack(story: story, origin: .file(path)) }
    let length = Int((sound.duration * 1_000_000).rounded())
    if let told = story.aligned(to: sound.pauses, of: length) {
      return Soundtrack(story: told, origin: .file(path))
    }
    progress.say("fabula: \(path): its pauses are not the story's: fitted to its length")
    let told = try reading.story(in: file, duration: sound.duration)
    return Soundtrack(story: told, origin: .file(path))
  }

  private func narrated(
    _ story: Story, in file: StoryFile, _ progress: inout Progress
  ) throws -> Soundtrack {
    guard reading.duration == nil else {
      throw Failure("--duration: a narrated story lasts as long as its voice: give --pace instead")
    }
    let interruption = Interruption()
    do {
      let voice = try voice(for: story, interruption)
      let narration = try Narration(of: story, by: voice) { done in
        if interruption.isRequested { throw VoiceError.cancelled }
        progress.note("speaking \(done + 1) of \(story.beats.count)")
      }
      progress.clear()
      return Soundtrack(story: narration.story, origin: .narration(narration.speech))
    } catch {
      progress.clear()
      if interruption.isRequested { throw ExitCode(130) }
      throw Failure("\(file.label): \(error)")
    }
  }

  private func voice(for story: Story, _ interruption: Interruption) throws -> any Voice {
    if let command = options.voiceCommand {
      let voice = CommandVoice(command: command, language: story.language) {
        interruption.isRequested
      }
      guard caching.cache, let folder = caching.folder else { return voice }
      return RememberingVoice(
        voice: voice, name: "command \(command)\nlanguage \(story.language)", folder: folder)
    }
    return try EspeakVoice(
      language: story.language, name: options.voice ?? story.settings.voice, speed: story.speed)
  }
}
