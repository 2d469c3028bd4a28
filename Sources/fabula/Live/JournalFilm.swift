import ArgumentParser
import Film
import Foundation
import Live
import Travel

/// Draws a journal of a live show again, every frame of it, as large and fine as the model can.
struct JournalFilm {
  let file: StoryFile
  let shoot: ShootOptions
  let encoding: EncodingOptions
  let reporting: Reporting

  /// Refuses options that only stories have: these of the command that are given, and its own.
  func refuse(_ others: KeyValuePairs<String, Bool>) throws(Failure) {
    let own: KeyValuePairs<String, Bool> = [
      "--narrate": shoot.sound.narrate == true, "--voice": shoot.sound.voice != nil,
      "--voice-command": shoot.sound.voiceCommand != nil, "--pace": shoot.reading.pace != nil,
      "--duration": shoot.reading.duration != nil, "--feedback": shoot.motion.feedback != nil,
      "--loop": shoot.motion.loop, "--pan": shoot.motion.pan != nil,
      "--zoom": shoot.motion.zoom != 1, "--drift": shoot.motion.drift != 0,
    ]
    let given = (Array(others) + Array(own)).filter { $0.value }.map { $0.key }
    guard given.isEmpty else {
      throw Failure(
        "\(file.label): a journal is drawn as its show was: leave "
          + "\(given.joined(separator: ", ")) out")
    }
  }

  /// Makes the film at `output`, by default one named after the journal. A seed that is given goes
  /// before those of the show.
  func make(output: String?) throws {
    var journal: Journal
    do { journal = try Journal(text: String(decoding: file.bytes, as: UTF8.self)) } catch {
      throw Failure("\(file.label): \(error)")
    }
    if let seed = shoot.seed { journal = journal.seeded(seed) }
    let path = output ?? file.stem + ".mp4"
    // It may be the show as it was seen, which no drawing brings back.
    if output == nil, !reporting.force, access(path, F_OK) == 0 {
      throw Failure(
        "\(path): exists and may be the show's recording: give another name with -o, or --force")
    }
    let target = try OutputFile(
      path: path, kind: .film, inputs: [file.path, shoot.sound.audio], force: reporting.force)
    var progress = reporting.progress
    progress.note("loading \(shoot.model.name)")
    let engine = try shoot.model.engine()
    let rate = shoot.fps ?? .cinema
    // The engine is used on this thread alone.
    nonisolated(unsafe) let counter = engine
    let reader = LiveReader(language: shoot.reading.language, style: shoot.reading.style) {
      counter.tokenCount($0)
    }
    let replay = Replay(
      journal, rate: rate.framesPerSecond, crew: LiveCrew(engine: engine, reader: reader).crew,
      settings: ShowSettings(seed: shoot.seed ?? 0))
    let writer = try FilmWriter(
      path: target.path,
      options: encoding.options(
        path: target.path, width: engine.size.width, height: engine.size.height, rate: rate.film),
      tracks: FilmTracks(
        title: file.stem, metadata: ["encoder": Fabula.version],
        audio: shoot.sound.audio.map(Audio.file)))
    let interruption = Interruption()
    let captions = try draw(
      replay, frames: replay.frameCount, &progress, interruption, writer)
    progress.clear()
    let film = try writer.finish(subtitles: captions.all.map { $0.subtitle(rate.film) })
    try reporting.summarize("\(film.path): \(clock(film.duration)), \(film.frames) frames")
    if interruption.isRequested { throw ExitCode(130) }
  }

  private func draw(
    _ replay: Replay, frames: Int, _ progress: inout Progress, _ interruption: Interruption,
    _ writer: FilmWriter
  ) throws -> Captions {
    var replay = replay
    var captions = Captions()
    do {
      while !interruption.isRequested, let shown = try replay.picture() {
        try writer.append(shown.rgb)
        captions.note(shown.line, frame: shown.number - 1)
        let speed = Double(shown.number) / progress.elapsed
        progress.show(
          ProgressState(
            done: shown.number, total: frames, speed: speed,
            left: Double(frames - shown.number) / speed, sentence: shown.line.text))
      }
    } catch {
      progress.clear()
      writer.abandon()
      throw error
    }
    return captions
  }
}

extension Caption {
  /// The caption as a film's subtitle.
  func subtitle(_ rate: Film.FrameRate) -> Subtitle {
    Subtitle(
      text: text, start: rate.seconds(frames.lowerBound), duration: rate.seconds(frames.count))
  }
}
