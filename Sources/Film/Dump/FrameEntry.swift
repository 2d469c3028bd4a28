/// One frame of a dump.
public struct FrameEntry: Sendable, Equatable, Codable {
  /// Its number in the film, from 0.
  public var index: Int
  /// When it is shown, in seconds.
  public var time: Double
  /// The number of the beat that it belongs to.
  public var beat: Int
  /// What the beat says.
  public var text: String
  /// How far the picture has gone from this beat to the next, 0 to 1.
  public var blend: Double
  /// The noise that it was drawn from, in the drawer's words.
  public var noise: String
  /// The file's name in the folder of the dump.
  public var file: String
  /// The hash of the picture as it was drawn: another one now means that someone painted on it.
  public var hash: String
  /// What it was drawn from where that isn't what the dump's other frames were.
  public var plan: String?

  /// An entry; the dump fills in `time`, `file` and `hash`.
  public init(
    index: Int, time: Double = 0, beat: Int = 0, text: String = "", blend: Double = 0,
    noise: String = "", file: String = "", hash: String = "", plan: String? = nil
  ) {
    self.index = index
    self.time = time
    self.beat = beat
    self.text = text
    self.blend = blend
    self.noise = noise
    self.file = file
    self.hash = hash
    self.plan = plan
  }
}
