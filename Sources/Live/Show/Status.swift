/// What there is to tell about a show besides its pictures.
public struct Status: Equatable, Sendable, Codable {
  /// The latest lines.
  public var lines: [Line]
  /// What is being typed.
  public var draft: String
  /// The number of the one who types.
  public var author: Int
  /// What was turned.
  public var settings: ShowSettings
  /// What a picture takes.
  public var millisecondsToDraw: Double
  /// The file that all is kept in, where it is.
  public var recording: String?
  /// Whether that is a film of all that is shown, which no spectator begins or ends.
  public var keepsAll: Bool
  /// What went wrong last.
  public var problem: String?

  /// A status.
  public init(
    lines: [Line], draft: String, author: Int, settings: ShowSettings, millisecondsToDraw: Double,
    recording: String? = nil, keepsAll: Bool = false, problem: String? = nil
  ) {
    self.lines = lines
    self.draft = draft
    self.author = author
    self.settings = settings
    self.millisecondsToDraw = millisecondsToDraw
    self.recording = recording
    self.keepsAll = keepsAll
    self.problem = problem
  }
}
