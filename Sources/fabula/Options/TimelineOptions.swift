import ArgumentParser
import Film
import Foundation
import Travel

/// Whether a timeline for editing programs is written too.
struct TimelineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Also write the timeline for editing programs (OpenTimelineIO).", valueName: "file.otio"))
  var otio: String?

  /// Refuses a name that can't be written, before any frame is drawn.
  func check(inputs: [String?], force: Bool) throws {
    guard let otio else { return }
    _ = try OutputFile(path: otio, kind: .text, inputs: inputs, force: force)
  }

  /// Writes the timeline of a film, or of a folder of frames.
  func write(_ studio: Studio, media: EditTimeline.Media, audio: String?) throws {
    guard let otio else { return }
    let plan = studio.production.plan
    let story = studio.production.story
    let clips = story.beats.enumerated().map { index, beat in
      let frames = plan.frames(of: index)
      return EditClip(
        name: beat.text, start: frames.lowerBound, count: frames.count,
        metadata: ["text": beat.text, "prompt": beat.prompt])
    }
    let tracks = studio.production.tracks(title: story.title ?? "Fabula", metadata: [:])
    try EditTimeline(
      title: tracks.title ?? "Fabula", fps: plan.rate.film, frames: plan.frameCount,
      media: found(media, from: otio), clips: clips.filter { $0.count > 0 },
      chapters: tracks.chapters, audio: audio.map { found($0, from: otio) }
    ).write(to: otio)
  }

  private func found(_ media: EditTimeline.Media, from otio: String) -> EditTimeline.Media {
    switch media {
    case .film(let path): .film(found(path, from: otio))
    case .frames(let path): .frames(found(path, from: otio))
    }
  }

  /// Relative paths begin at the timeline's own file, so they only stay what they are beside it.
  private func found(_ path: String, from otio: String) -> String {
    otio.contains("/") ? URL(fileURLWithPath: path).path : path
  }
}
