import ArgumentParser
import Film
import Travel

extension Travel.FrameRate: ExpressibleByArgument {
  /// Reads `24`, `23.976` or `30000/1001`.
  public init?(argument: String) {
    self.init(argument)
  }

  /// The same rate for the film's file.
  var film: Film.FrameRate { Film.FrameRate(numerator, denominator) }
}
