import ArgumentParser

/// Frames by their numbers, as in `120-180` or `7`, both ends included.
struct FrameRange: ExpressibleByArgument, Sendable {
  let first: Int
  let last: Int

  init?(argument: String) {
    let parts = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard let first = parts.first ?? nil, let last = parts.last ?? nil, parts.count <= 2,
      first >= 0, last >= first, last < Int.max
    else { return nil }
    self.first = first
    self.last = last
  }

  /// The frames among `count`, or nil where none is.
  func frames(of count: Int) -> Range<Int>? {
    first < count ? first..<min(last + 1, count) : nil
  }
}
