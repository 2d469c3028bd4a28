/// Reads a source in its format.
struct StoryReader {
  let source: [UInt8]
  let frontMatter: FrontMatter
  let format: StoryFormat

  init(_ source: [UInt8], name: String?, format: StoryFormat) throws(StoryError) {
    self.source = source
    let isTimed = format == .srt || format == .vtt
    frontMatter = try isTimed ? FrontMatter(of: []) : FrontMatter(of: source)
    self.format =
      format == .automatic
      ? FormatDetector.format(of: source, from: frontMatter.end, name: name) : format
  }

  func script() throws(StoryError) -> Script {
    switch format {
    case .automatic, .plain: PlainReader(source: source, start: frontMatter.end).script()
    case .markdown: MarkdownReader(source: source, start: frontMatter.end).script()
    case .srt, .vtt: try SubtitleReader(source: source, format: format).script()
    case .fountain: FountainReader(source: source, start: frontMatter.end).script()
    }
  }
}
