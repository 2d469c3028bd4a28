/// Sentences of a text that is still being written: feed it as it comes.
public struct SentenceStream: Sendable {
  /// What was fed and belongs to no finished sentence yet.
  public private(set) var tail: String = ""
  private let language: String?

  /// Creates an empty stream; the language is detected from what comes when nil.
  public init(language: String? = nil) {
    self.language = language
  }

  /// Takes more text and returns the sentences that it finishes.
  public mutating func feed(_ text: String) -> [String] {
    tail += text
    var sentences = sentences(of: tail)
    guard let last = sentences.popLast() else { return [] }
    tail = last
    return sentences
  }

  /// Ends the text, or the turn of a speaker who paused, and returns what was left.
  public mutating func finish() -> [String] {
    defer { tail = "" }
    return sentences(of: tail)
  }

  private func sentences(of text: String) -> [String] {
    let options = StoryOptions(format: .plain, language: language)
    return (try? Story.sentences(in: Array(text.utf8), options: options))?.map(\.text) ?? []
  }
}
