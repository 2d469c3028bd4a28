/// Makes a story of a script: moments, times, prompts.
struct StoryMaker {
  let source: SourceText
  let script: Script
  let frontMatter: FrontMatter
  let options: StoryOptions
  let language: String

  init(
    _ source: SourceText, _ script: Script, _ frontMatter: FrontMatter, _ options: StoryOptions
  ) {
    self.source = source
    self.script = script
    self.frontMatter = frontMatter
    self.options = options
    language =
      options.language ?? frontMatter.language ?? LanguageDetector.language(of: script.text)
  }

  func story() throws(StoryError) -> Story {
    try check()
    let segmenter = Segmenter(text: script.text, rules: LanguageRules(language: language))
    let pace = Pace(
      language: language, wordsPerMinute: options.wordsPerMinute ?? frontMatter.settings.pace)
    let (shortest, longest) = (
      Self.microseconds(options.minimumBeat), Self.microseconds(options.maximumBeat)
    )
    let maker = MomentMaker(
      script: script, segmenter: segmenter, pace: pace, syllables: Syllables(language: language),
      shortest: shortest, longest: longest)
    let (moments, scenes) = maker.moments()
    if moments.isEmpty { throw .empty }
    let directives = DirectiveTable(script.directives, moments)
    let times = Timetable(
      moments, fixed: directives.durations, pace: pace, shortest: shortest, longest: longest,
      total: options.duration.map(Self.microseconds))
    let answers = prompts(moments, scenes, directives)
    let beats = moments.indices.map { index in
      beat(
        moments[index], answers[index], start: times.starts[index], end: times.starts[index + 1],
        timing: timing(
          moments[index], isFixed: directives.durations[index] != nil, pace: pace))
    }
    return Story(
      title: frontMatter.title ?? script.title, language: language, speed: pace.speed, beats: beats,
      scenes: Self.scenes(scenes, moments), settings: frontMatter.settings)
  }

  private func check() throws(StoryError) {
    func require(_ isRight: Bool, _ name: String, _ problem: String) throws(StoryError) {
      if !isRight { throw .option(name: name, problem: problem) }
    }
    try require(
      options.wordsPerMinute.map { (10...2000).contains($0) } ?? true, "words per minute",
      "give a number from 10 to 2000")
    try require(
      options.duration.map { $0 > 0 && $0 <= 1_000_000 } ?? true, "duration",
      "give the seconds of the whole film, more than 0")
    try require(
      options.minimumBeat >= 0 && options.maximumBeat > 0.1
        && options.minimumBeat < options.maximumBeat && options.maximumBeat <= 100_000,
      "beat length", "the shortest beat must be shorter than the longest")
  }

  private static func microseconds(_ seconds: Double) -> Int {
    Int((seconds * 1_000_000).rounded())
  }

  private func prompts(
    _ moments: [Moment], _ scenes: [MomentMaker.SceneStart], _ directives: DirectiveTable
  ) -> [Prompter.Answer] {
    let cast =
      options.cast
      + frontMatter.settings.cast.filter { member in
        !options.cast.contains { $0.name == member.name }
      }
    var prompter = Prompter(
      language: language, cast: cast, style: options.style ?? frontMatter.settings.style,
      options: options)
    var answers: [Prompter.Answer] = []
    for (index, moment) in moments.enumerated() {
      answers.append(
        prompter.answer(
          Prompter.Request(
            text: text(moment), scene: moment.scene, kind: moment.kind, speaker: moment.speaker,
            setting: scenes[moment.scene].setting, directives: directives.values[index] ?? [:])))
    }
    for index in moments.indices.dropLast().reversed()
    where moments[index].kind == .heading && directives.values[index]?[.prompt] == nil {
      answers[index] = prompter.opening(
        answers[index], with: answers[index + 1], text: text(moments[index]))
    }
    return answers
  }

  private func text(_ moment: Moment) -> String { wording(of: script.text[moment.range]) }

  private func timing(_ moment: Moment, isFixed: Bool, pace: Pace) -> Beat.Timing {
    if moment.time != nil { return .file }
    return isFixed ? .author : .voice(pause: pace.time(of: moment.pause))
  }

  private func beat(
    _ moment: Moment, _ answer: Prompter.Answer, start: Int, end: Int, timing: Beat.Timing
  ) -> Beat {
    let place = script.source(of: moment.range)
    let speech = moment.time.map(\.count) ?? moment.speech
    return Beat(
      text: text(moment), prompt: answer.prompt, startMicroseconds: start,
      durationMicroseconds: end - start, voiceMicroseconds: min(speech, end - start),
      timing: timing, scene: moment.scene, offset: source.base + place.lowerBound,
      length: place.count,
      kind: moment.kind, reasons: answer.reasons)
  }

  private static func scenes(
    _ starts: [MomentMaker.SceneStart], _ moments: [Moment]
  ) -> [Scene] {
    var first = 0
    return starts.enumerated().map { index, start in
      var end = first
      while end < moments.count, moments[end].scene == index { end += 1 }
      defer { first = end }
      return Scene(title: start.title, beats: first..<end, level: start.level)
    }
  }
}
