/// How many letters of each script a text has.
struct ScriptCount {
  private(set) var han = 0
  private(set) var kana = 0
  private var latin = 0
  private var cyrillic = 0
  private var arabic = 0
  private var devanagari = 0
  private var others: [String: Int] = [:]

  /// The scripts that are told apart.
  enum Script: Equatable {
    case none, latin, cyrillic, arabic, han, kana, devanagari
    /// A script that stands for one language.
    case other(String)
  }

  init(_ text: Characters) {
    var i = 0
    while i < text.bytes.count {
      add(text.scalar(at: i).value)
      i = text.index(after: i)
    }
  }

  private mutating func add(_ value: UInt32) {
    switch value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: latin += 1
    case 0x400...0x52F: cyrillic += 1
    case 0x600...0x6FF, 0x750...0x77F: arabic += 1
    case 0x900...0x97F: devanagari += 1
    case 0x3041...0x30FF: kana += 1
    case 0x3400...0x9FFF, 0x20000...0x3FFFF: han += 1
    case 0x370...0x3FF, 0x1F00...0x1FFF: others["el", default: 0] += 1
    case 0x530...0x58F: others["hy", default: 0] += 1
    case 0x590...0x5FF: others["he", default: 0] += 1
    case 0x980...0x9FF: others["bn", default: 0] += 1
    case 0xB80...0xBFF: others["ta", default: 0] += 1
    case 0xE00...0xE7F: others["th", default: 0] += 1
    case 0x1000...0x109F: others["my", default: 0] += 1
    case 0x10A0...0x10FF: others["ka", default: 0] += 1
    case 0x1200...0x137F: others["am", default: 0] += 1
    case 0x1780...0x17FF: others["km", default: 0] += 1
    case 0xAC00...0xD7AF: others["ko", default: 0] += 1
    default: break
    }
  }

  /// The script with the most letters.
  var main: Script {
    var counts: [(Script, Int)] = [
      (.latin, latin), (.cyrillic, cyrillic), (.arabic, arabic), (.devanagari, devanagari),
      // A character of these stands for about three letters.
      (.han, (han + kana) * 3),
    ]
    counts += others.sorted { $0.key < $1.key }.map { (.other($0.key), $0.value) }
    guard let best = counts.max(by: { $0.1 < $1.1 }), best.1 > 0 else { return .none }
    return best.0
  }
}
