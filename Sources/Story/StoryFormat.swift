/// The formats that a story may come in.
public enum StoryFormat: String, Sendable, CaseIterable {
  /// Told from the file's name, else from the text.
  case automatic
  /// Plain text: blank lines part paragraphs, rows of stars or dashes part scenes.
  case plain
  /// Markdown: headings are chapters, thematic breaks are scene breaks.
  case markdown
  /// SubRip subtitles: the cues' times are kept.
  case srt
  /// WebVTT subtitles: the cues' times are kept.
  case vtt
  /// A Fountain screenplay: scene headings set place and time.
  case fountain
}
