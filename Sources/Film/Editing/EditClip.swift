/// One beat of a film as an editor sees it.
public struct EditClip: Sendable, Equatable {
  /// What the editor shows.
  public var name: String
  /// The first frame.
  public var start: Int
  /// How many frames it has.
  public var count: Int
  /// More about it, as in the beat's text and prompt.
  public var metadata: [String: String]

  /// A clip of `count` frames from frame `start` on.
  public init(name: String, start: Int, count: Int, metadata: [String: String] = [:]) {
    self.name = name
    self.start = start
    self.count = count
    self.metadata = metadata
  }
}
