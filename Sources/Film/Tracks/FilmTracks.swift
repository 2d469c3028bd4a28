/// Everything in a film that isn't its pictures.
public struct FilmTracks: Sendable, Equatable {
  /// The film's title.
  public var title: String?
  /// The story's language, as in "en" or "pt-BR".
  public var language: String
  /// The story's sentences.
  public var subtitles: [Subtitle]
  /// The story's scenes.
  public var chapters: [Chapter]
  /// Whatever lets the film be made again: version, model, seed, options.
  public var metadata: [String: String]
  /// The narration or music.
  public var audio: Audio?
  /// A picture for file managers.
  public var cover: Picture?

  /// Tracks; all may be left out.
  public init(
    title: String? = nil, language: String = "en", subtitles: [Subtitle] = [],
    chapters: [Chapter] = [], metadata: [String: String] = [:], audio: Audio? = nil,
    cover: Picture? = nil
  ) {
    self.title = title
    self.language = language
    self.subtitles = subtitles
    self.chapters = chapters
    self.metadata = metadata
    self.audio = audio
    self.cover = cover
  }
}

extension FilmTracks {
  /// The tracks of a film that ends after `duration` seconds: what would begin later is dropped,
  /// what would end later is cut, and no two subtitles overlap.
  public func clipped(to duration: Double) -> FilmTracks {
    var result = self
    result.subtitles = Self.separated(subtitles, duration)
    result.chapters = chapters.sorted { $0.start < $1.start }.compactMap { chapter in
      guard chapter.start < duration, chapter.end > chapter.start else { return nil }
      var chapter = chapter
      chapter.start = max(0, chapter.start)
      chapter.end = min(chapter.end, duration)
      return chapter
    }
    return result
  }

  private static func separated(_ subtitles: [Subtitle], _ duration: Double) -> [Subtitle] {
    let sorted = subtitles.filter { $0.duration > 0 && !$0.text.isEmpty }
      .sorted { $0.start < $1.start }
    return sorted.indices.compactMap { index in
      let next = index + 1 < sorted.count ? sorted[index + 1].start : duration
      let start = max(0, sorted[index].start)
      let end = min(sorted[index].end, next, duration)
      guard end > start else { return nil }
      return Subtitle(text: sorted[index].text, start: start, duration: end - start)
    }
  }
}
