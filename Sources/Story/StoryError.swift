/// What keeps a text from being read as a story; each message says what to do.
public enum StoryError: Error, Equatable {
  /// The bytes are not UTF-8 from the given offset on.
  case notUTF8(byteOffset: Int)
  /// The bytes begin with a UTF-16 mark, but are not UTF-16 from the given offset on.
  case notUTF16(byteOffset: Int)
  /// There is nothing to read aloud.
  case empty
  /// The front matter is not YAML, or a value in it is not usable.
  case frontMatter(line: Int?, problem: String)
  /// A subtitle's time line cannot be read.
  case cue(line: Int, problem: String)
  /// An option's value makes no sense.
  case option(name: String, problem: String)
}

extension StoryError: CustomStringConvertible {
  /// The error in one line.
  public var description: String {
    switch self {
    case .notUTF8(let offset):
      "not UTF-8 at byte \(offset): save the story as UTF-8, or as UTF-16 with a byte order mark"
    case .notUTF16(let offset):
      "broken UTF-16 at byte \(offset): save the story as UTF-8"
    case .empty:
      "the story is empty: give at least one sentence"
    case .frontMatter(let line, let problem):
      "front matter\(line.map { ", line \($0)" } ?? ""): \(problem)"
    case .cue(let line, let problem):
      "subtitles, line \(line): \(problem)"
    case .option(let name, let problem):
      "\(name): \(problem)"
    }
  }
}
