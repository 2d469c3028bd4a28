import ArgumentParser

/// How fast a camera moves, as in `0.05,0`: widths to the right and heights down a second.
struct Pan: ExpressibleByArgument, Sendable, CustomStringConvertible {
  let x: Double
  let y: Double

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      Double($0)
    }
    guard parts.count == 2, let x = parts[0], let y = parts[1],
      [x, y].allSatisfy({ $0.magnitude <= 10 })
    else { return nil }
    self.x = x
    self.y = y
  }

  /// `0.05,0.0`.
  var description: String { "\(x),\(y)" }
}
