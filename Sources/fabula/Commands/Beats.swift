import ArgumentParser
import Story

/// `fabula beats`: what a story's film would say and draw, and when.
struct Beats: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows the timeline of a story without drawing it.")

  /// What is printed.
  enum Form: EnumerableFlag {
    case table, prompts, json, srt, vtt

    static func help(for value: Form) -> ArgumentHelp? {
      switch value {
      case .table: "Print a table (the default)."
      case .prompts: "Print what would be drawn, and why."
      case .json: "Print JSON."
      case .srt: "Print SubRip subtitles."
      case .vtt: "Print WebVTT subtitles."
      }
    }

    var format: TimelineFormat {
      switch self {
      case .table: .table
      case .prompts: .prompts
      case .json: .json
      case .srt: .srt
      case .vtt: .vtt
      }
    }
  }

  @Argument(help: "The story's file, or - for standard input.")
  var story: String

  @Flag(exclusivity: .exclusive)
  var form = Form.table

  @Flag(help: "Print the bare sentences, one a line; with --json, as an array.")
  var sentences = false

  @Option(
    help: ArgumentHelp("Also write what the voice says, as WAV.", valueName: "file.wav"))
  var audioOut: String?

  @Flag(help: "Replace the file of --audio-out whatever it is.")
  var force = false

  @OptionGroup var reading: StoryReading
  @OptionGroup(title: "Sound") var sound: SoundOptions
  @OptionGroup(title: "Store") var caching: CacheOptions

  func validate() throws {
    if sentences, form != .table, form != .json {
      throw ValidationError("--sentences goes with --json or alone")
    }
  }

  func run() throws {
    let file = try StoryFile(path: story)
    guard sentences else {
      return try show(file)
    }
    let sentences = try reading.sentences(in: file)
    try StandardOutput.write(
      form == .json
        ? Timeline.json(of: sentences) : sentences.map { $0.text + "\n" }.joined())
  }

  private func show(_ file: StoryFile) throws {
    if let audioOut {
      _ = try OutputFile(path: audioOut, kind: .sound, inputs: [file.path], force: force)
    }
    var progress = Progress(style: Progress.style(quiet: false))
    let soundtrack = try SoundMaker(options: sound, reading: reading, caching: caching)
      .soundtrack(of: file, &progress)
    if let audioOut { try soundtrack.writeNarration(to: audioOut) }
    try StandardOutput.write(Timeline.text(of: soundtrack.story, as: form.format))
  }
}
