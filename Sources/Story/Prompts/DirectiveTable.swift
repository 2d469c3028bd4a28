/// What the author's comments say, by the moment that they speak of.
struct DirectiveTable: Sendable {
  /// By the index of the moment.
  private(set) var values: [Int: [Directive.Key: String]] = [:]
  /// Lengths in microseconds, by the index of the moment.
  private(set) var durations: [Int: Int] = [:]

  /// A comment speaks of the moment after it; at the end of a paragraph, of the one before it.
  init(_ directives: [Directive], _ moments: [Moment]) {
    var index = 0
    for directive in directives {
      while index < moments.count, moments[index].range.upperBound <= directive.offset {
        index += 1
      }
      let own =
        directive.isTrailing
        ? index
          - (index < moments.count && moments[index].range.lowerBound < directive.offset ? 0 : 1)
        : index
      guard moments.indices.contains(own) else { continue }
      values[own, default: [:]][directive.key] = directive.value
      if directive.key == .duration, let seconds = Double(directive.value), seconds > 0,
        seconds < 100_000
      {
        durations[own] = Int((seconds * 1_000_000).rounded())
      }
    }
  }
}
