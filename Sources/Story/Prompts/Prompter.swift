/// Makes the prompts of a story's beats, in order.
struct Prompter: Sendable {
  let lexicon: Lexicon
  let casting: Casting
  let fitter: PromptFitter
  let style: String?
  private var scene = SceneState()
  private var sceneIndex = -1

  init(language: String, cast: [CastMember], style: String?, options: StoryOptions) {
    lexicon = Lexicon(language: language)
    casting = Casting(cast: cast, lexicon: lexicon, language: language)
    fitter = PromptFitter(
      limit: options.tokenLimit, count: options.tokenCount ?? TokenEstimate.tokens,
      lexicon: lexicon)
    self.style = style.flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
  }

  /// What the prompter is told of a beat.
  struct Request {
    var text: String
    var scene: Int
    var kind: Beat.Kind
    var speaker: String?
    /// A screenplay's place and time, for the scene's first beat.
    var setting: String?
    var directives: [Directive.Key: String] = [:]
  }

  /// A prompt and why it is what it is.
  struct Answer: Equatable {
    var prompt: String
    var reasons: [Reason]
  }

  /// The prompt of the next beat.
  mutating func answer(_ request: Request) -> Answer {
    if request.scene != sceneIndex {
      scene = SceneState()
      sceneIndex = request.scene
      if let setting = request.setting { read(setting: setting) }
    }
    var reasons: [Reason] = []
    take(request.directives)
    let words = PromptWord.words(of: request.directives[.prompt] ?? request.text)
    var told = scene.read(
      words, request.directives[.prompt] ?? request.text, with: lexicon)
    var pieces = casting.pieces(of: words, in: &scene, reasons: &reasons)
    var suffix: [String] = []
    if let prompt = request.directives[.prompt] {
      reasons.insert(Reason(.override, prompt), at: 0)
      told = Set(Lexicon.Kind.allCases)
    } else if let speaker = request.speaker {
      add(speaker: speaker, to: &pieces, &reasons)
    }
    if request.kind == .heading { told = Set(Lexicon.Kind.allCases) }
    for (kind, fact) in [
      (Lexicon.Kind.place, scene.place), (.time, scene.time), (.weather, scene.weather),
    ] {
      guard let fact, !told.contains(kind) else { continue }
      suffix.append(fact.phrase)
      let reason: Reason.Kind = kind == .place ? .place : kind == .time ? .time : .weather
      reasons.append(Reason(reason, fact.phrase, from: fact.source))
    }
    if let style = request.directives[.style] ?? style {
      suffix.append(style)
      reasons.append(Reason(.style, style))
    }
    return fitted(pieces, suffix, reasons)
  }

  private func fitted(
    _ pieces: [Casting.Piece], _ suffix: [String], _ reasons: [Reason]
  ) -> Answer {
    let (prompt, dropped) = fitter.fit(pieces, suffix: suffix.joined(separator: ", "))
    guard !dropped.isEmpty else { return Answer(prompt: prompt, reasons: reasons) }
    return Answer(
      prompt: prompt, reasons: reasons + [Reason(.dropped, dropped.joined(separator: " "))])
  }

  /// A heading shows what its scene begins with, under its own words where they can be drawn.
  func opening(_ heading: Answer, with first: Answer, text: String) -> Answer {
    let title = text.split(separator: " ").map {
      Casting.Piece(text: String($0), key: $0.lowercased())
    }
    let isNumber = PlainHeadings(text: Characters(bytes: Array(text.utf8))).isChapterOnly(text)
    let (prompt, _) = fitter.fit(isNumber ? [] : title, suffix: first.prompt)
    let isTooLong = fitter.count(prompt) > fitter.limit
    return Answer(
      prompt: isTooLong || isNumber ? first.prompt : prompt,
      reasons: [Reason(.opening, first.prompt)])
  }

  private mutating func take(_ directives: [Directive.Key: String]) {
    func fact(_ key: Directive.Key) -> SceneState.Fact? {
      directives[key].map { SceneState.Fact(phrase: $0, source: "comment") }
    }
    scene.place = fact(.place) ?? scene.place
    scene.time = fact(.time) ?? scene.time
    scene.weather = fact(.weather) ?? scene.weather
  }

  /// INT. KITCHEN - NIGHT
  private mutating func read(setting: String) {
    var parts = setting.lowercased().split(separator: "-").map { String($0).trimmed }
    for prefix in [
      "int./ext.", "int/ext.", "int/ext", "i/e.", "i/e", "int.", "ext.", "est.", "int ", "ext ",
    ]
    where parts.first?.hasPrefix(prefix) == true {
      parts[0] = String(parts[0].dropFirst(prefix.count)).trimmed
      break
    }
    if parts.count > 1, let last = parts.last {
      let time = ["day": "daytime", "continuous": "", "later": "", "same": ""][last] ?? last
      scene.time = time.isEmpty ? nil : SceneState.Fact(phrase: time, source: setting)
      parts.removeLast()
    }
    let place = parts.filter { !$0.isEmpty }.joined(separator: ", ")
    if !place.isEmpty { scene.place = SceneState.Fact(phrase: place, source: setting) }
  }

  /// A speech shows who speaks.
  private mutating func add(
    speaker: String, to pieces: inout [Casting.Piece], _ reasons: inout [Reason]
  ) {
    let name = speaker.lowercased()
    if let member = casting.cast.first(where: { $0.name.lowercased() == name }) {
      pieces.insert(
        Casting.Piece(text: "\(member.looks), speaking:", key: member.name, isCast: true), at: 0)
      reasons.append(Reason(.cast, member.looks, from: speaker))
      return
    }
    let shown = name.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }
    let isBeing = name.split(separator: " ").contains { lexicon.beings[String($0)] != nil }
    let subject = isBeing ? name : shown.joined(separator: " ")
    pieces.insert(Casting.Piece(text: "\(subject), speaking:", key: subject, isCast: true), at: 0)
  }

  /// A sentence and what is added to it as one line; its full stop gives way to a comma.
  static func line(_ sentence: String, _ suffix: String) -> String {
    guard !suffix.isEmpty else { return sentence }
    var sentence = sentence
    while let last = sentence.last, ".,;:。".contains(last) { sentence.removeLast() }
    return sentence.isEmpty ? suffix : "\(sentence), \(suffix)"
  }
}
