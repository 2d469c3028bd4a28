import Foundation

/// A whole session: what happened, in order.
public struct Journal: Equatable, Sendable {
  /// The first line of a journal's file.
  public static let head = "{\"fabula\":\"journal\",\"version\":1}\n"

  /// What happened.
  public var entries: [JournalEntry]

  /// A journal of these entries.
  public init(entries: [JournalEntry]) {
    self.entries = entries
  }

  /// Whether a file's bytes are a journal's.
  public static func isJournal(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: Array(#"{"fabula":"journal""#.utf8))
  }

  /// Reads a journal. A last line that was cut off is left out, as the crash left it.
  public init(text: String) throws(JournalError) {
    // JSON has no line feed inside a line, but may have Unicode's other ends of lines.
    let lines = text.utf8.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
    guard Self.isJournal((lines.first ?? "").utf8) else { throw .notAJournal }
    var entries: [JournalEntry] = []
    for (index, line) in lines.enumerated().dropFirst() {
      guard let entry = JournalEntry(line: line) else {
        if index == lines.count - 1 { break }
        throw .line(index + 1)
      }
      entries.append(entry)
    }
    self.entries = entries.sorted { $0.time < $1.time }
  }

  /// What the show began with; nil where the journal doesn't say.
  var opening: ShowSettings? {
    entries.prefix { $0.time == 0 }.compactMap(\.happening.settings).last
  }

  /// The same show with one seed from beginning to end, whatever was turned.
  public func seeded(_ seed: UInt64) -> Journal {
    Journal(
      entries: entries.map { entry in
        guard let settings = entry.happening.settings else { return entry }
        let seeded = ShowSettings(pace: settings.pace, seed: seed, drift: settings.drift)
        return JournalEntry(time: entry.time, happening: .set(seeded))
      })
  }

  /// When it ends: what was typed last is seen a little longer.
  public var duration: Double { (entries.last?.time ?? 0) + 2 }
}

/// Why a journal can't be read.
public enum JournalError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file is something else.
  case notAJournal
  /// This line is no entry.
  case line(Int)

  /// One line for the terminal.
  public var description: String {
    switch self {
    case .notAJournal: "is no journal of a live session"
    case .line(let number): "line \(number) is no entry of a journal"
    }
  }
}
