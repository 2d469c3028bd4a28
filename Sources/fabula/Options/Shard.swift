import ArgumentParser

/// One of several equal parts of a film's frames, as in `2/8`.
struct Shard: ExpressibleByArgument, CustomStringConvertible, Sendable {
  let number: Int
  let count: Int

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], number >= 1,
      number <= count, count <= 1_000_000
    else { return nil }
    self.number = number
    self.count = count
  }

  /// `2/8`.
  var description: String { "\(number)/\(count)" }

  /// The part's frames among `total`; the parts together are all frames, each once.
  func frames(of total: Int) -> Range<Int> {
    (number - 1) * total / count..<number * total / count
  }
}
