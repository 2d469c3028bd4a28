extension Timeline {
  /// The story as SubRip subtitles.
  public static func srt(of story: Story) -> String {
    story.beats.enumerated().map { index, beat in
      "\(index + 1)\n\(clock(beat.startMicroseconds, ",")) --> "
        + "\(clock(end(of: beat), ","))\n\(beat.text)\n"
    }.joined(separator: "\n")
  }

  /// The story as WebVTT subtitles.
  public static func vtt(of story: Story) -> String {
    let cues = story.beats.map { beat in
      "\n\(clock(beat.startMicroseconds, ".")) --> \(clock(end(of: beat), "."))\n"
        + "\(escaped(beat.text))\n"
    }
    return "WEBVTT\n\(cues.joined())"
  }

  private static func escaped(_ text: String) -> String {
    text.split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&amp;")
      .split(separator: "<", omittingEmptySubsequences: false).joined(separator: "&lt;")
      .split(separator: ">", omittingEmptySubsequences: false).joined(separator: "&gt;")
  }

  /// When a subtitle goes: with the voice, but not before 5/6 s, and not after the beat.
  private static func end(of beat: Beat) -> Int {
    return beat.startMicroseconds
      + min(beat.durationMicroseconds, max(beat.voiceMicroseconds, 833_000))
  }

  /// Hours, minutes, seconds and milliseconds, rounded to the nearest.
  static func clock(_ microseconds: Int, _ point: String) -> String {
    let milliseconds = (microseconds + 500) / 1000
    func padded(_ number: Int, _ digits: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    return "\(padded(milliseconds / 3_600_000, 2)):\(padded(milliseconds / 60_000 % 60, 2)):"
      + "\(padded(milliseconds / 1000 % 60, 2))\(point)\(padded(milliseconds % 1000, 3))"
  }
}
