/// A stretch of a script that no sentence crosses: a paragraph, a heading, a line of verse.
struct Passage: Sendable, Equatable {
  /// What it is in the story.
  var kind: Kind
  /// Where it is in the script's text; line breaks inside it mean no more than spaces.
  var range: Range<Int>
  /// When it is shown, in microseconds, where the format says so.
  var time: Range<Int>?
  /// Who speaks it, where the format says so.
  var speaker: String?
  /// Whether it goes on with the paragraph of the passage before: a further line of a verse.
  var continues = false

  /// What a passage may be.
  enum Kind: Sendable, Equatable {
    /// Lines whose layout is not looked at yet.
    case block
    /// Prose.
    case paragraph
    /// A line that stands for itself: of verse, of a list.
    case line
    /// A heading of the given level.
    case heading(Int)
    /// A row of stars: nothing to read.
    case sceneBreak
    /// Where and when the scene is, for the prompts only: a screenplay's scene heading.
    case setting
  }
}
