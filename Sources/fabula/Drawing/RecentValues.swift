/// The last few values that were made, by key; the one unused for longest goes first.
struct RecentValues<Key: Hashable, Value> {
  private let capacity: Int
  private var entries: [(key: Key, value: Value)] = []

  init(capacity: Int) {
    self.capacity = capacity
  }

  /// The value of `key`, where it is there.
  func existing(_ key: Key) -> Value? { entries.first { $0.key == key }?.value }

  /// The value of `key`, made now where it isn't there.
  mutating func value(_ key: Key, make: () throws -> Value) rethrows -> Value {
    if let index = entries.firstIndex(where: { $0.key == key }) {
      let entry = entries.remove(at: index)
      entries.append(entry)
      return entry.value
    }
    let value = try make()
    if entries.count == capacity { entries.removeFirst() }
    entries.append((key, value))
    return value
  }
}
