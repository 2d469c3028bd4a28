/// Writes timelines: each function returns the whole text, with a newline at its end.
public enum Timeline {
  /// The timeline of a story in one of the forms.
  public static func text(of story: Story, as format: TimelineFormat) -> String {
    switch format {
    case .table: table(of: story)
    case .prompts: prompts(of: story)
    case .json: json(of: story)
    case .srt: srt(of: story)
    case .vtt: vtt(of: story)
    }
  }
}
