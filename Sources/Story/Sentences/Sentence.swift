/// A sentence and where it stands.
public struct Sentence: Sendable, Equatable {
  /// The sentence with line breaks and runs of spaces made one space.
  public var text: String
  /// Where it begins in the source, in UTF-8 bytes.
  public var offset: Int
  /// How long it is in the source, in UTF-8 bytes.
  public var length: Int

  /// Creates a sentence.
  public init(text: String, offset: Int, length: Int) {
    self.text = text
    self.offset = offset
    self.length = length
  }
}
