/// A character of the story and what it looks like.
public struct CastMember: Sendable, Equatable {
  /// The name, as the story uses it.
  public var name: String
  /// What the character looks like, for the prompts.
  public var looks: String
  /// Which pronouns may stand for the character; nil where the description doesn't tell.
  public var gender: Gender?

  /// The pronouns that may stand for a character.
  public enum Gender: String, Sendable {
    /// She, sie, elle, ella.
    case feminine = "she"
    /// He, er, il, él.
    case masculine = "he"
    /// It, es.
    case neuter = "it"
    /// They.
    case plural = "they"
  }

  /// Creates a character.
  public init(name: String, looks: String, gender: Gender? = nil) {
    self.name = name
    self.looks = looks
    self.gender = gender
  }
}
