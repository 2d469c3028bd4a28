import Foundation

/// A film's beats in the language of editing programs, OpenTimelineIO.
public struct EditTimeline: Sendable, Equatable {
  /// Where the pictures are.
  public enum Media: Sendable, Equatable {
    /// A film.
    case film(String)
    /// A folder with a dump's frames.
    case frames(String)
  }

  /// The film's title.
  public var title: String
  /// Frames a second.
  public var fps: FrameRate
  /// Frames of the whole film.
  public var frames: Int
  /// Where the pictures are.
  public var media: Media
  /// The beats in their order.
  public var clips: [EditClip]
  /// The scenes, which become markers.
  public var chapters: [Chapter]
  /// A file of sound.
  public var audio: String?

  /// A timeline.
  public init(
    title: String, fps: FrameRate, frames: Int, media: Media, clips: [EditClip],
    chapters: [Chapter] = [], audio: String? = nil
  ) {
    self.title = title
    self.fps = fps
    self.frames = frames
    self.media = media
    self.clips = clips
    self.chapters = chapters
    self.audio = audio
  }

  /// Writes the timeline as an `.otio` file.
  public func write(to path: String) throws(FilmError) {
    try writeWhole(Array(json.utf8), to: path)
  }

  /// The timeline as JSON.
  public var json: String { timeline.text(indent: 0) + "\n" }

  private var timeline: JSON {
    var tracks = [track("Video", clips.map(clip))]
    if let audio {
      let all = EditClip(name: "Sound", start: 0, count: frames)
      tracks.append(track("Audio", [clip(all, media: external(audio))]))
    }
    return .object([
      "OTIO_SCHEMA": "Timeline.1", "name": .string(title), "global_start_time": .null,
      "metadata": .object([:]),
      "tracks": .object([
        "OTIO_SCHEMA": "Stack.1", "name": "tracks", "source_range": .null, "effects": .array([]),
        "metadata": .object([:]), "markers": .array(chapters.map(marker)),
        "children": .array(tracks),
      ]),
    ])
  }

  private func track(_ kind: String, _ children: [JSON]) -> JSON {
    .object([
      "OTIO_SCHEMA": "Track.1", "name": .string(kind), "kind": .string(kind),
      "source_range": .null, "effects": .array([]), "markers": .array([]),
      "metadata": .object([:]), "children": .array(children),
    ])
  }

  private func clip(_ clip: EditClip) -> JSON { self.clip(clip, media: pictures) }

  private func clip(_ clip: EditClip, media: JSON) -> JSON {
    .object([
      "OTIO_SCHEMA": "Clip.1", "name": .string(clip.name), "effects": .array([]),
      "markers": .array([]), "source_range": range(clip.start, clip.count),
      "media_reference": media,
      "metadata": .object(["fabula": .object(clip.metadata.mapValues { .string($0) })]),
    ])
  }

  private func marker(_ chapter: Chapter) -> JSON {
    let start = Int((chapter.start * fps.value).rounded())
    let end = Int((chapter.end * fps.value).rounded())
    return .object([
      "OTIO_SCHEMA": "Marker.2", "name": .string(chapter.title), "color": "GREEN",
      "marked_range": range(start, end - start), "metadata": .object([:]),
    ])
  }

  private var pictures: JSON {
    switch media {
    case .film(let path): external(path)
    case .frames(let folder):
      .object([
        "OTIO_SCHEMA": "ImageSequenceReference.1", "name": "", "metadata": .object([:]),
        "available_range": range(0, frames), "target_url_base": .string(url(folder) + "/"),
        "name_prefix": "frame-", "name_suffix": ".png", "start_frame": .integer(0),
        "frame_step": .integer(1),
        "rate": .number(fps.value), "frame_zero_padding": .integer(6),
        "missing_frame_policy": "hold",
      ])
    }
  }

  private func external(_ path: String) -> JSON {
    .object([
      "OTIO_SCHEMA": "ExternalReference.1", "name": "", "metadata": .object([:]),
      "target_url": .string(url(path)), "available_range": range(0, frames),
    ])
  }

  /// Absolute paths as URLs; relative ones stay, they begin at the timeline's own file.
  private func url(_ path: String) -> String {
    path.hasPrefix("/")
      ? URL(fileURLWithPath: path).absoluteString
      : path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
  }

  private func range(_ start: Int, _ count: Int) -> JSON {
    .object([
      "OTIO_SCHEMA": "TimeRange.1", "start_time": time(start), "duration": time(count),
    ])
  }

  private func time(_ frames: Int) -> JSON {
    .object([
      "OTIO_SCHEMA": "RationalTime.1", "rate": .number(fps.value),
      "value": .number(Double(frames)),
    ])
  }
}
