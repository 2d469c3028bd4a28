import Foundation

/// What happened in a show, and when: one line of a journal, which is JSON Lines.
public struct JournalEntry: Equatable, Sendable {
  /// Seconds since the show began.
  public var time: Double
  /// What happened.
  public var happening: Happening

  /// An entry.
  public init(time: Double, happening: Happening) {
    self.time = time
    self.happening = happening
  }

  private struct Fields: Codable {
    var time: Double
    var typed: String?
    var entered: Bool?
    var told: [Sentence]?
    var ended: Bool?
    var set: ShowSettings?

    struct Sentence: Codable {
      var text: String
      var seconds: Double
    }
  }

  /// The entry as a line, with its end.
  public var line: String {
    var fields = Fields(time: (time * 1e6).rounded() / 1e6)
    switch happening {
    case .typed(let text, _): fields.typed = text
    case .entered: fields.entered = true
    case .told(let sentences):
      fields.told = sentences.map { .init(text: $0.text, seconds: $0.duration) }
    case .ended: fields.ended = true
    case .set(let settings): fields.set = settings
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = (try? encoder.encode(fields)).map { String(decoding: $0, as: UTF8.self) }
    return (json ?? "{}") + "\n"
  }

  /// Reads a line; nil where it is no entry.
  public init?(line: some StringProtocol) {
    guard let fields = try? JSONDecoder().decode(Fields.self, from: Data(line.utf8)),
      fields.time.isFinite, (0...1e7).contains(fields.time)
    else { return nil }
    time = fields.time
    if let text = fields.typed {
      happening = .typed(text, key: 0)
    } else if fields.entered == true {
      happening = .entered(key: 0)
    } else if let told = fields.told {
      happening = .told(
        told.map { Told(text: $0.text, duration: $0.seconds.isFinite ? max(0, $0.seconds) : 0) })
    } else if fields.ended == true {
      happening = .ended
    } else if let set = fields.set {
      happening = .set(ShowSettings(pace: set.pace, seed: set.seed, drift: set.drift))
    } else {
      return nil
    }
  }
}
