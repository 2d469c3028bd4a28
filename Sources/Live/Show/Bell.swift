import Foundation

/// Wakes whoever waits for the next thing to do. Guarded by the condition, hence unchecked.
final class Bell: @unchecked Sendable {
  private let condition = NSCondition()
  private var hasRung = false

  /// Wakes the one that waits, or the next one that would.
  func ring() {
    condition.lock()
    hasRung = true
    condition.signal()
    condition.unlock()
  }

  /// Waits until it rings, at most for `seconds`.
  func wait(seconds: Double) {
    condition.lock()
    let limit = Date(timeIntervalSinceNow: seconds)
    while !hasRung, condition.wait(until: limit) {}
    hasRung = false
    condition.unlock()
  }
}
