/// Makes moments of a script: splits long sentences, joins fragments, tells scenes apart.
struct MomentMaker {
  let script: Script
  let segmenter: Segmenter
  let pace: Pace
  let syllables: Syllables
  /// In microseconds.
  let shortest: Int
  let longest: Int

  /// A scene as it is found.
  struct SceneStart {
    var title: String?
    var level: Int?
    /// A screenplay's words for place and time.
    var setting: String?
  }

  /// The moments in order, and the scenes that they name.
  func moments() -> (moments: [Moment], scenes: [SceneStart]) {
    var moments: [Moment] = []
    var scenes: [SceneStart] = []
    var paragraph = 0
    var begins = true
    var next = SceneStart()
    for passage in script.passages {
      switch passage.kind {
      case .sceneBreak:
        (begins, next) = (true, SceneStart())
        continue
      case .setting:
        let setting = wording(of: script.text[passage.range])
        (begins, next) = (true, SceneStart(title: setting, setting: setting))
        continue
      case .heading(let level):
        let title = wording(of: script.text[passage.range])
        (begins, next) = (true, SceneStart(title: title, level: level))
      case .block, .paragraph, .line: break
      }
      if !passage.continues { paragraph += 1 }
      var own = timed(passage, paragraph)
      guard !own.isEmpty else { continue }
      if begins || scenes.isEmpty {
        if !moments.isEmpty, moments[moments.count - 1].kind != .heading {
          moments[moments.count - 1].pause = .scene
        }
        scenes.append(next)
        begins = false
      }
      for index in own.indices { own[index].scene = scenes.count - 1 }
      moments += own
    }
    settlePauses(&moments)
    return (joined(moments), scenes)
  }

  private func timed(_ passage: Passage, _ paragraph: Int) -> [Moment] {
    if passage.time != nil {
      let range = segmenter.text.trimmed(passage.range)
      return range.isEmpty ? [] : [moment(range, passage, paragraph)]
    }
    var moments: [Moment] = []
    if case .heading = passage.kind {
      let range = segmenter.text.trimmed(passage.range)
      return range.isEmpty ? [] : [moment(range, passage, paragraph)]
    }
    for sentence in segmenter.sentences(in: passage.range) where isSpoken(sentence) {
      moments += split(sentence, passage, paragraph)
    }
    return moments
  }

  /// Whether there is a letter or digit: a row of stars inside a paragraph is not said.
  private func isSpoken(_ range: Range<Int>) -> Bool {
    var i = range.lowerBound
    while i < range.upperBound {
      if segmenter.text.scalar(at: i).kind.isWord { return true }
      i = segmenter.text.index(after: i)
    }
    return false
  }

  private func moment(_ range: Range<Int>, _ passage: Passage, _ paragraph: Int) -> Moment {
    let spoken = SpokenText(range, in: segmenter.text, pace: pace, syllables: syllables)
    var kind = Beat.Kind.narration
    if case .heading = passage.kind { kind = .heading }
    return Moment(
      range: range, kind: kind, paragraph: paragraph, scene: 0, speech: spoken.duration,
      pause: kind == .heading ? .heading : .sentence, time: passage.time, speaker: passage.speaker,
      sentences: [range])
  }

  private func split(_ sentence: Range<Int>, _ passage: Passage, _ paragraph: Int) -> [Moment] {
    let text = segmenter.text
    let spoken = SpokenText(sentence, in: text, pace: pace, syllables: syllables)
    var whole = moment(sentence, passage, paragraph, spoken.duration)
    let splits = ClauseSplitter(longest: longest).splits(spoken)
    if splits.isEmpty { return [whole] }
    var moments: [Moment] = []
    var start = sentence.lowerBound
    for end in splits + [sentence.upperBound] {
      let range = text.trimmed(start..<end)
      start = end
      guard !range.isEmpty else { continue }
      let part = SpokenText(range, in: text, pace: pace, syllables: syllables)
      whole.range = range
      whole.speech = part.duration
      whole.pause = end == sentence.upperBound ? .sentence : .clause
      moments.append(whole)
    }
    return moments
  }

  private func moment(
    _ range: Range<Int>, _ passage: Passage, _ paragraph: Int, _ speech: Int
  ) -> Moment {
    Moment(
      range: range, kind: .narration, paragraph: paragraph, scene: 0, speech: speech,
      pause: passage.kind == .line ? .verse : .sentence, time: passage.time,
      speaker: passage.speaker, sentences: [range])
  }

  /// The last moment of a paragraph is followed by a longer pause.
  private func settlePauses(_ moments: inout [Moment]) {
    for index in moments.indices.dropLast() {
      let isLast = moments[index].paragraph != moments[index + 1].paragraph
      let pause = moments[index].pause
      if isLast, pause == .sentence { moments[index].pause = .paragraph }
      if isLast, pause == .verse { moments[index].pause = .stanza }
    }
    if let last = moments.indices.last { moments[last].pause = .heading }
  }

  /// Joins what is too short to see with what comes after it in its paragraph, else before it.
  private func joined(_ moments: [Moment]) -> [Moment] {
    var joined: [Moment] = []
    for moment in moments {
      if let last = joined.last, isSimultaneous(last, moment) {
        joined[joined.count - 1].merge(moment, inner: 0)
      } else if let last = joined.last, canJoin(last, moment),
        length(last) < shortest || length(moment) < shortest
      {
        joined[joined.count - 1].merge(moment, inner: pace.time(of: last.pause))
      } else {
        joined.append(moment)
      }
    }
    return joined
  }

  /// Two cues that begin together are one picture; there is nothing but space between them.
  private func isSimultaneous(_ first: Moment, _ second: Moment) -> Bool {
    guard let one = first.time, let other = second.time else { return false }
    return one.lowerBound == other.lowerBound
  }

  private func length(_ moment: Moment) -> Int { moment.speech + pace.time(of: moment.pause) }

  private func canJoin(_ first: Moment, _ second: Moment) -> Bool {
    first.paragraph == second.paragraph && first.scene == second.scene && first.kind == second.kind
      && first.time == nil && second.time == nil && first.speaker == second.speaker
      && length(first) + second.speech <= longest
  }
}

extension Moment {
  fileprivate mutating func merge(_ other: Moment, inner: Int) {
    range = range.lowerBound..<other.range.upperBound
    speech += inner + other.speech
    pause = other.pause
    if let one = time, let next = other.time {
      time = one.lowerBound..<max(one.upperBound, next.upperBound)
    }
    if sentences.last != other.sentences.first { sentences += other.sentences }
  }
}
