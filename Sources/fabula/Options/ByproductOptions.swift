import ArgumentParser
import Film
import Travel

/// What else a render may write.
struct ByproductOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Also write a page on the pictures' quality: evenness, flicker, broken frames.",
      valueName: "file.html"))
  var report: String?

  @Option(
    help: ArgumentHelp(
      "Also write the timeline for editing programs (OpenTimelineIO).", valueName: "file.otio"))
  var otio: String?

  /// Refuses names that can't be written, before any frame is drawn.
  func check(inputs: [String?], force: Bool) throws {
    for path in [report, otio].compactMap(\.self) {
      _ = try OutputFile(path: path, kind: .text, inputs: inputs, force: force)
    }
  }

  /// Writes the timeline of a film, or of a folder of frames.
  func writeTimeline(_ studio: Studio, media: EditTimeline.Media, audio: String?) throws {
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
      title: tracks.title ?? "Fabula", fps: plan.rate.film, frames: plan.frameCount, media: media,
      clips: clips.filter { $0.count > 0 }, chapters: tracks.chapters, audio: audio
    ).write(to: otio)
  }
}
