/// How many terminal columns text takes, after Unicode's East Asian Width.
extension Character {
  package var columns: Int {
    guard let scalar = unicodeScalars.first else { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    if scalar.properties.isEmojiPresentation || unicodeScalars.contains("\u{FE0F}") { return 2 }
    return Self.wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
    0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}

extension String {
  /// The columns that the text takes.
  package var columns: Int { reduce(0) { $0 + $1.columns } }

  /// The text cut to at most so many columns, with an ellipsis where something is missing.
  package func clipped(columns limit: Int) -> String {
    guard columns > limit else { return self }
    guard limit > 0 else { return "" }
    var result = ""
    var used = 1
    for character in self {
      used += character.columns
      if used > limit { break }
      result.append(character)
    }
    return result + "…"
  }
}
