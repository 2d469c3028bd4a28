/// One beat of a storyboard: its picture, or several to choose from, and its words.
public struct Panel: Sendable, Equatable {
  /// The pictures; more than one are candidates.
  public var pictures: [Picture]
  /// What tells candidates apart, as in "2.3=7"; may be shorter than `pictures`.
  public var labels: [String]
  /// What the beat says.
  public var text: String
  /// When it begins, in seconds.
  public var start: Double?
  /// The scene that begins with it.
  public var heading: String?

  /// A panel.
  public init(
    pictures: [Picture], labels: [String] = [], text: String, start: Double? = nil,
    heading: String? = nil
  ) {
    self.pictures = pictures
    self.labels = labels
    self.text = text
    self.start = start
    self.heading = heading
  }
}
