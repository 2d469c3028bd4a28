import ArgumentParser

/// The root of the command line.
struct Fabula: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fabula",
    abstract: "Turns a story into an animated film.",
    discussion: """
      A story is plain text, Markdown, a screenplay (Fountain) or subtitles (SRT, VTT); - reads it \
      from standard input.

        fabula render story.txt            draws the film story.mp4
        fabula image "a fox in the snow"   draws one picture
        fabula beats story.txt             shows what would be said and drawn, and when
      """,
    version: version,
    subcommands: [
      Render.self, Image.self, Beats.self, Frames.self, FilmFrames.self, StoryboardCommand.self,
      LiveCommand.self, Cache.self, ModelInfo.self, Bench.self,
    ])

  /// The version of the program, as written into its films.
  static let version = "fabula 0.1.0"
}
