extension Timeline {
  /// The story as one JSON object: `title`, `language`, `duration`, `scenes` and `beats` with
  /// `text`, `prompt`, `start`, `duration`, `voice`, `scene`, `offset`, `length`.
  public static func json(of story: Story) -> String {
    var lines: [String] = []
    if let title = story.title { lines.append("  \"title\": \(quoted(title))") }
    lines.append("  \"language\": \(quoted(story.language))")
    lines.append("  \"duration\": \(seconds(story.durationMicroseconds))")
    let scenes = story.scenes.map { scene in
      "    {\"title\": \(scene.title.map(quoted) ?? "null"), \"first\": \(scene.beats.lowerBound),"
        + " \"count\": \(scene.beats.count)}"
    }
    lines.append("  \"scenes\": [\n\(scenes.joined(separator: ",\n"))\n  ]")
    let beats = story.beats.map { "    \(object($0))" }
    lines.append("  \"beats\": [\n\(beats.joined(separator: ",\n"))\n  ]")
    return "{\n\(lines.joined(separator: ",\n"))\n}\n"
  }

  /// Sentences as one JSON array of strings.
  public static func json(of sentences: [Sentence]) -> String {
    if sentences.isEmpty { return "[]\n" }
    return "[\n\(sentences.map { "  \(quoted($0.text))" }.joined(separator: ",\n"))\n]\n"
  }

  private static func object(_ beat: Beat) -> String {
    let reasons = beat.reasons.map { quoted($0.description) }.joined(separator: ", ")
    return "{\"text\": \(quoted(beat.text)), \"prompt\": \(quoted(beat.prompt)), "
      + "\"start\": \(seconds(beat.startMicroseconds)), "
      + "\"duration\": \(seconds(beat.durationMicroseconds)), "
      + "\"voice\": \(seconds(beat.voiceMicroseconds)), \"scene\": \(beat.scene), "
      + "\"offset\": \(beat.offset), \"length\": \(beat.length), "
      + "\"kind\": \(quoted(beat.kind.rawValue)), \"reasons\": [\(reasons)]}"
  }

  /// Microseconds as seconds with all six decimals: exact where a binary fraction is not.
  static func seconds(_ microseconds: Int) -> String {
    let fraction = String(microseconds % 1_000_000)
    return
      "\(microseconds / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)"
  }

  /// A JSON string.
  static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = [0x22]
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: bytes += [0x5C, byte]
      case 0x0A: bytes += Array("\\n".utf8)
      case 0x09: bytes += Array("\\t".utf8)
      case 0..<0x20:
        bytes += Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
    return String(decoding: bytes, as: UTF8.self)
  }
}
