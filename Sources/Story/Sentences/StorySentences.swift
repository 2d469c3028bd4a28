extension Story {
  /// The bare sentences of a story's text, neither split nor joined for drawing.
  public static func sentences(
    in bytes: [UInt8], name: String? = nil, options: StoryOptions = StoryOptions()
  ) throws(StoryError) -> [Sentence] {
    let source = try SourceText(decoding: bytes)
    let reader = try StoryReader(source.bytes, name: name, format: options.format)
    let script = try reader.script()
    let language =
      options.language ?? reader.frontMatter.language
      ?? LanguageDetector.language(of: script.text)
    let segmenter = Segmenter(text: script.text, rules: LanguageRules(language: language))
    return joined(script.passages).flatMap { passage in
      segmenter.sentences(in: passage.range).map { range in
        let place = script.source(of: range)
        return Sentence(
          text: wording(of: script.text[range]), offset: source.base + place.lowerBound,
          length: place.count)
      }
    }
  }

  /// Subtitles break sentences over cues: cues that follow one another are one passage.
  private static func joined(_ passages: [Passage]) -> [Passage] {
    var joined: [Passage] = []
    for passage in passages where passage.kind != .setting {
      if let last = joined.last?.time, let time = passage.time, time.lowerBound >= last.lowerBound,
        time.lowerBound - last.upperBound < 2_000_000, let range = joined.last?.range,
        passage.range.lowerBound > range.lowerBound
      {
        joined[joined.count - 1].range = range.lowerBound..<passage.range.upperBound
        joined[joined.count - 1].time = last.lowerBound..<max(last.upperBound, time.upperBound)
      } else {
        joined.append(passage)
      }
    }
    return joined
  }
}
