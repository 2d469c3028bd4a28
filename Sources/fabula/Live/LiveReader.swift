import Live
import Story

/// Reads the text of a live show: what to draw for it, and how long a sentence takes to tell.
struct LiveReader: Sendable {
  private var options: StoryOptions

  /// A reader; prompts are cut to what `tokenCount` counts as too long.
  init(language: String?, style: String?, tokenCount: (@Sendable (String) -> Int)? = nil) {
    options = StoryOptions(
      format: .plain, language: language, style: style, tokenCount: tokenCount)
  }

  /// The prompt of a text, which may still be being typed.
  func prompt(_ passage: Passage) -> String {
    // Lines on their own aren't joined with their neighbours, and one that has no full stop must
    // not be taken for a heading.
    let before = passage.before.map { ends($0) ? $0 : $0 + "." }
    let text = (before + [passage.text]).joined(separator: "\n\n")
    let story = try? Story(reading: Array(text.utf8), options: options)
    return story?.beats.last?.prompt ?? passage.text
  }

  /// The sentence with the seconds that a narrator takes for it.
  func told(_ sentence: String) -> Told {
    let story = try? Story(reading: Array(sentence.utf8), options: options)
    return Told(text: sentence, duration: story?.duration ?? 2)
  }

  private func ends(_ text: String) -> Bool {
    text.last.map { ".!?…。！？\"”’»".contains($0) } ?? false
  }
}
