extension Script {
  /// Subtitles as they are drawn into a film: white with a dark edge, at the bottom.
  static func subtitles(_ tracks: FilmTracks, options: FilmOptions) -> Script {
    let shown = tracks.clipped(to: .greatestFiniteMagnitude).subtitles
    return Script(
      width: options.width, height: options.height, size: max(10, options.height / 14),
      colour: "FFFFFF", outline: "101010",
      lines: shown.map { Line(text: $0.text, start: $0.start, end: min($0.end, 360_000)) })
  }
}
