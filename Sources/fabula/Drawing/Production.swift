import Film
import Story
import Travel

/// A story, and the plan of its film.
struct Production {
  /// The story.
  let story: Story
  /// What each frame shows.
  let plan: FramePlan

  /// Plans the film of a story; `seeds` are those of single scenes and beats.
  init(
    story: Story, rate: Travel.FrameRate, options: TravelOptions, seeds: [SeedScope: UInt64] = [:]
  ) throws {
    self.story = story
    let stops = story.beats.enumerated().map { index, beat in
      let scope = story.seedScope(ofBeat: index)
      return Stop(
        start: beat.startMicroseconds, duration: beat.durationMicroseconds, scene: beat.scene,
        seed: seeds[scope] ?? seeds[SeedScope(scene: scope.scene)])
    }
    plan = try FramePlan(stops: stops, rate: rate, options: options)
  }

  /// The prompts of the plan's stops.
  var prompts: [String] { story.beats.map(\.prompt) }

  /// The sentence told during a frame.
  func sentence(_ frame: PlannedFrame) -> String { story.beats[frame.stop].text }

  /// How many pictures the model draws for these frames: a held picture is drawn once.
  func drawings(of frames: some Sequence<Int>) -> Int {
    var count = 0
    var recent: [PictureRecipe] = []
    for k in frames {
      let frame = plan.frame(k)
      let shown = [frame.picture] + (frame.dissolve.map { [$0.picture] } ?? [])
      count += shown.count { !recent.contains($0) }
      recent = shown
    }
    return count
  }

  /// Title, subtitles and chapters; `title` where the story has none.
  func tracks(title: String, metadata: [String: String]) -> FilmTracks {
    FilmTracks(
      title: story.title ?? title, language: story.language,
      subtitles: story.beats.map {
        Subtitle(text: $0.text, start: $0.start, duration: $0.duration)
      },
      chapters: chapters, metadata: metadata)
  }

  private var chapters: [Chapter] {
    // One scene without a name is the whole film: nothing to choose from.
    guard story.scenes.count > 1 || story.scenes.first?.title != nil else { return [] }
    return story.scenes.enumerated().compactMap { index, scene in
      guard let first = scene.beats.first, let last = scene.beats.last else { return nil }
      let (start, end) = (story.beats[first], story.beats[last])
      return Chapter(
        title: scene.title ?? "Scene \(index + 1)", start: start.start,
        end: Double(end.endMicroseconds) / 1_000_000)
    }
  }
}
