extension Timeline {
  /// The timeline as a table: start, length, scene, source offset, text.
  public static func table(of story: Story) -> String {
    var lines = ["   start  length  scene  offset  text"]
    for beat in story.beats {
      let cells = [
        padded(minutes(beat.startMicroseconds), 8), padded(short(beat.durationMicroseconds), 6),
        padded(String(beat.scene + 1), 5), padded(String(beat.offset), 6), beat.text,
      ]
      lines.append(cells.joined(separator: "  "))
    }
    lines.append("\(story.beats.count) beats, \(minutes(story.durationMicroseconds))")
    return lines.joined(separator: "\n") + "\n"
  }

  /// What will be drawn for each beat, and why.
  public static func prompts(of story: Story) -> String {
    var lines: [String] = []
    for beat in story.beats {
      lines.append("\(padded(minutes(beat.startMicroseconds), 8))  \(beat.text)")
      lines.append("       draw  \(beat.prompt)")
      for reason in beat.reasons { lines.append("             · \(reason)") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func minutes(_ microseconds: Int) -> String {
    let tenths = (microseconds + 50_000) / 100_000
    let seconds = tenths / 10 % 60
    return "\(tenths / 600):\(seconds < 10 ? "0" : "")\(seconds).\(tenths % 10)"
  }

  private static func short(_ microseconds: Int) -> String {
    let hundredths = (microseconds + 5_000) / 10_000
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
