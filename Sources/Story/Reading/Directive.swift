/// What the author says about one beat, in a comment: `<!-- prompt: a red door -->`.
struct Directive: Sendable, Equatable {
  /// Where in the script's text it stands.
  var offset: Int
  /// Whether it stands at the end of its paragraph, and so speaks of the beat before it.
  var isTrailing: Bool
  var key: Key
  var value: String

  /// What may be said.
  enum Key: String, Sendable, CaseIterable {
    /// What is drawn, instead of all that would be.
    case prompt
    /// Where, when and in what weather the scene goes on from here.
    case place, time, weather
    /// The style line of this beat.
    case style
    /// How long the beat lasts, in seconds.
    case duration
  }

  /// Reads the inside of a comment; nil where it says nothing to Fabula.
  init?(comment: String, offset: Int, isTrailing: Bool) {
    guard let colon = comment.firstIndex(of: ":") else { return nil }
    let name = comment[..<colon].split(whereSeparator: \.isWhitespace).joined()
    guard let key = Key(rawValue: name.lowercased()) else { return nil }
    value = comment[comment.index(after: colon)...]
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !value.isEmpty else { return nil }
    self.offset = offset
    self.isTrailing = isTrailing
    self.key = key
  }
}
