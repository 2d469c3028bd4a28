/// What clients may take; the show goes on whatever they try.
public struct ServerLimits: Equatable, Sendable {
  /// Clients at once. When more come, those go who haven't said what they want for longest.
  public var connections = 160
  /// The seconds that a request may take.
  public var secondsToAsk = 5.0
  /// The seconds after which a client that takes nothing is let go.
  public var secondsToTake = 10.0
  /// The seconds after which a viewer that says nothing is let go; the page says something every
  /// few seconds.
  public var secondsOfSilence = 30.0
  /// The pictures that may be on their way to a viewer. Two keep it busy, more would only be late.
  public var pictures = 2

  /// The limits that suit a show.
  public init() {}
}
