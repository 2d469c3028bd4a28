/// One step in the making of a beat's prompt, for display.
public struct Reason: Sendable, Equatable {
  /// What happened to the prompt.
  public var kind: Kind
  /// The words that were put in or taken out.
  public var text: String
  /// Where the words come from: the name in the sentence, or the sentence they were carried from.
  public var source: String?

  /// The steps that make a prompt.
  public enum Kind: String, Sendable {
    /// A place carried over from earlier in the scene.
    case place
    /// A time of day or season carried over from earlier in the scene.
    case time
    /// Weather carried over from earlier in the scene.
    case weather
    /// A name of the cast replaced by its description.
    case cast
    /// A pronoun replaced by the one it stands for.
    case pronoun
    /// The picture that a heading shows: what its scene begins with.
    case opening
    /// The style line of the story.
    case style
    /// A prompt that the author wrote.
    case override
    /// Words dropped so that the prompt fits the text encoder's window.
    case dropped
  }

  /// Creates a reason.
  public init(_ kind: Kind, _ text: String, from source: String? = nil) {
    self.kind = kind
    self.text = text
    self.source = source
  }
}

extension Reason: CustomStringConvertible {
  /// The reason in one line, as `fabula beats --prompts` shows it.
  public var description: String {
    guard let source else { return "\(kind.rawValue): \(text)" }
    return "\(kind.rawValue): \(text) ← \(source)"
  }
}
