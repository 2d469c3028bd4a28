/// The forms in which a story's timeline is printed.
public enum TimelineFormat: String, Sendable, CaseIterable {
  /// A table for people.
  case table
  /// What will be drawn and why, for people.
  case prompts
  /// JSON for programs.
  case json
  /// SubRip subtitles.
  case srt
  /// WebVTT subtitles.
  case vtt
}
