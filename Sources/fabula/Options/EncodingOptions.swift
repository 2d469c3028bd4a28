import ArgumentParser
import Film

/// How the film is written.
struct EncodingOptions: ParsableArguments {
  @Option(help: "How pictures are encoded; by default, what the file's name suggests.")
  var codec: Codec?

  @Option(help: ArgumentHelp("Quality, smaller is better; H.264 has 18.", valueName: "number"))
  var crf: Int?

  @Option(help: ArgumentHelp("The encoder's trade of time against size.", valueName: "name"))
  var preset: String?

  @Flag(help: "Draw the sentences into the pictures instead of writing them as a track.")
  var burnSubtitles = false

  /// The film's options for a file at `path`.
  func options(path: String, width: Int, height: Int, rate: Film.FrameRate)
    -> FilmOptions
  {
    FilmOptions(
      path: path, width: width, height: height, fps: rate, codec: codec, crf: crf,
      preset: preset, burnsSubtitles: burnSubtitles)
  }
}

extension Codec: ExpressibleByArgument {}
