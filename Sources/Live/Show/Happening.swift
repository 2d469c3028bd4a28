/// What the world does to a show.
public enum Happening: Equatable, Sendable {
  /// The line being typed is now this; the number names the keystroke.
  case typed(String, key: UInt32)
  /// The line being typed is finished.
  case entered(key: UInt32)
  /// Sentences came to be told.
  case told([Told])
  /// No more sentences come.
  case ended
  /// Somebody turned a knob.
  case set(ShowSettings)

  /// What the knobs are at now, where one was turned.
  var settings: ShowSettings? {
    guard case .set(let settings) = self else { return nil }
    return settings
  }
}
