import Synchronization

/// How many frames the encoder has taken.
final class FrameCounter: Sendable {
  private let count = Atomic<Int>(0)

  var value: Int { count.load(ordering: .acquiring) }
  func set(_ value: Int) { count.store(value, ordering: .releasing) }
}
