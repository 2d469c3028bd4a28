import Foundation

/// What the page says, one JSON object a message.
enum PageMessage: Equatable, Sendable {
  case happening(Happening)
  case record(Bool)
  /// The page has drawn this picture and is ready for another.
  case drawn(Int)
  case alive

  private struct Fields: Decodable {
    var type: String
    var text: String?
    var key: UInt32?
    var pace: Double?
    var seed: UInt64?
    var drift: Double?
    var on: Bool?
    var number: Int?
  }

  /// Nil for anything that the page wouldn't say.
  init?(json: String) {
    guard let fields = try? JSONDecoder().decode(Fields.self, from: Data(json.utf8)) else {
      return nil
    }
    switch fields.type {
    case "text":
      guard let text = fields.text, let key = fields.key else { return nil }
      self = .happening(.typed(text, key: key))
    case "enter":
      guard let key = fields.key else { return nil }
      self = .happening(.entered(key: key))
    case "set":
      guard let pace = fields.pace, let seed = fields.seed, let drift = fields.drift else {
        return nil
      }
      self = .happening(.set(ShowSettings(pace: pace, seed: seed, drift: drift)))
    case "record":
      guard let on = fields.on else { return nil }
      self = .record(on)
    case "drawn":
      guard let number = fields.number else { return nil }
      self = .drawn(number)
    case "alive": self = .alive
    default: return nil
    }
  }
}
