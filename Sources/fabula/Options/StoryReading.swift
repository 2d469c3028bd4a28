import ArgumentParser
import Story

/// How the story is read.
struct StoryReading: ParsableArguments {
  @Option(help: ArgumentHelp("The story's language, as in en or pt-BR.", valueName: "code"))
  var language: String?

  @Option(help: "What the story is written as: automatic, plain, markdown, fountain, srt or vtt.")
  var format = StoryFormat.automatic

  @Option(help: ArgumentHelp("The narrator's pace in words a minute.", valueName: "wpm"))
  var pace: Double?

  @Option(help: ArgumentHelp("The length that the story is fitted to.", valueName: "seconds"))
  var duration: Double?

  @Option(
    help: ArgumentHelp("Words added to every prompt, as in \"watercolour\".", valueName: "text"))
  var style: String?

  /// Reads the story in `file`, fitted to `duration` seconds where those are given; prompts are cut
  /// to what `tokenCount` counts as too long.
  func story(
    in file: StoryFile, duration: Double? = nil, tokenCount: (@Sendable (String) -> Int)? = nil
  ) throws -> Story {
    do {
      return try Story(reading: file.bytes, name: file.path, options: options(duration, tokenCount))
    } catch {
      throw Failure("\(file.label): \(error)")
    }
  }

  /// The bare sentences of the story in `file`.
  func sentences(in file: StoryFile) throws -> [Sentence] {
    do {
      return try Story.sentences(in: file.bytes, name: file.path, options: options(nil, nil))
    } catch {
      throw Failure("\(file.label): \(error)")
    }
  }

  private func options(
    _ fitted: Double?, _ tokenCount: (@Sendable (String) -> Int)?
  ) -> StoryOptions {
    StoryOptions(
      format: format, language: language, wordsPerMinute: pace, duration: fitted ?? duration,
      style: style,
      tokenCount: tokenCount)
  }
}

extension StoryFormat: ExpressibleByArgument {}
