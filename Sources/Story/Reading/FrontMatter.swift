import Yams

/// The block between two lines of three hyphens that some stories begin with.
struct FrontMatter {
  var title: String?
  var language: String?
  var settings = Settings()
  /// Where the story begins after it.
  var end = 0

  /// The keys that mean something.
  enum Key: String, CaseIterable {
    case title, language, lang, style, size, fps, seed, seeds, pace, wpm, narrate, voice, cast
  }

  /// Reads the front matter; a text without any has the default settings.
  init(of source: [UInt8]) throws(StoryError) {
    guard let block = Self.block(in: source) else { return }
    let node: Node?
    do {
      node = try Yams.compose(yaml: String(decoding: source[block.yaml], as: UTF8.self))
    } catch {
      throw Self.problem(with: error)
    }
    // A scene between two breaks is YAML too, but not a mapping.
    guard let mapping = node?.mapping else {
      if node == nil { end = block.end }
      return
    }
    end = block.end
    for (key, value) in mapping { try take(key.string ?? "", value) }
  }

  static func block(in source: [UInt8]) -> (yaml: Range<Int>, end: Int)? {
    func line(from start: Int) -> (text: String, next: Int) {
      let end = source[start...].firstIndex(of: 0x0A) ?? source.count
      var line = String(decoding: source[start..<min(end, start + 8)], as: UTF8.self)
      while let last = line.last, last.isWhitespace { line.removeLast() }
      return (line, min(source.count, end + 1))
    }
    guard source.starts(with: "---".utf8) else { return nil }
    let first = line(from: 0)
    guard first.text == "---" else { return nil }
    var start = first.next
    // No front matter is longer; a story that begins with a break is not searched to its end.
    while start < source.count, start < 64_000 {
      let next = line(from: start)
      if next.text == "---" || next.text == "..." { return (first.next..<start, next.next) }
      start = next.next
    }
    return nil
  }

  private static func problem(with error: any Error) -> StoryError {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      // The opening line of hyphens counts.
      .frontMatter(line: mark.line + 1, problem: problem)
    default:
      .frontMatter(line: nil, problem: "not YAML; write lines such as `title: The Fox`")
    }
  }

  private mutating func take(_ key: String, _ value: Node) throws(StoryError) {
    let line = value.mark.map { $0.line + 1 }
    func wrong(_ expected: String) -> StoryError {
      .frontMatter(line: line, problem: "\(key) must be \(expected)")
    }
    guard let meaning = Key(rawValue: key.lowercased()) else {
      settings.unknownKeys.append(key)
      return
    }
    switch meaning {
    case .title: title = value.string
    case .language, .lang:
      guard let code = value.string.flatMap(Self.language) else {
        throw wrong("a code such as en, de or pt-BR")
      }
      language = code
    case .style:
      guard let style = value.string else {
        throw wrong("a line such as `watercolour, soft light`")
      }
      settings.style = style
    case .size:
      guard let size = Self.size(value) else { throw wrong("a size such as 512x512") }
      settings.size = size
    case .fps:
      guard let fps = value.number, fps > 0, fps <= 240 else {
        throw wrong("frames a second, such as 24")
      }
      settings.fps = fps
    case .seed:
      guard let seed = value.string.flatMap(UInt64.init) else { throw wrong("a whole number") }
      settings.seed = seed
    case .seeds:
      guard let seeds = Self.seeds(value) else {
        throw wrong("seeds by the numbers of scenes and sentences, such as {1: 7, 2.3: 12}")
      }
      settings.seeds = seeds
    case .pace, .wpm:
      guard let pace = Self.pace(value) else {
        throw wrong("words a minute, or slow, normal or fast")
      }
      settings.pace = pace
    case .narrate:
      guard let narrate = value.bool else { throw wrong("true or false") }
      settings.narrate = narrate
    case .voice:
      guard let voice = value.string, !voice.isEmpty else {
        throw wrong("a voice's name, such as en-us")
      }
      settings.voice = voice
    case .cast: settings.cast = try Self.cast(value, line: line)
    }
  }

  /// A language's code; the names of the most common ones are understood too.
  private static func language(_ text: String) -> String? {
    let names = [
      "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr",
      "spanish": "es", "español": "es", "italian": "it", "italiano": "it", "japanese": "ja",
      "日本語": "ja", "chinese": "zh", "中文": "zh", "russian": "ru", "русский": "ru",
      "portuguese": "pt", "português": "pt", "polish": "pl", "polski": "pl", "dutch": "nl",
      "nederlands": "nl",
    ]
    let text = text.trimmed
    if let code = names[text.lowercased()] { return code }
    let first = text.prefix { $0 != "-" && $0 != "_" }
    let isCode = (2...3).contains(first.count) && first.utf8.allSatisfy(\.isASCIILetter)
    return isCode ? text : nil
  }

  private static func size(_ node: Node) -> Settings.Size? {
    let parts: [Int]
    if let sequence = node.sequence {
      parts = sequence.compactMap { $0.string.flatMap { Int($0) } }
    } else {
      parts = (node.string ?? "").split { "x×* ".contains($0) }.compactMap { Int($0) }
    }
    let width = parts.first ?? 0
    let height = parts.count == 1 ? width : parts.last ?? 0
    guard parts.count < 3, (1...16_384).contains(width), (1...16_384).contains(height) else {
      return nil
    }
    return Settings.Size(width: width, height: height)
  }

  private static func seeds(_ node: Node) -> [SeedScope: UInt64]? {
    guard let mapping = node.mapping else { return nil }
    var seeds: [SeedScope: UInt64] = [:]
    for (key, value) in mapping {
      guard let scope = key.string.flatMap(SeedScope.init),
        let seed = value.string.flatMap(UInt64.init)
      else { return nil }
      seeds[scope] = seed
    }
    return seeds
  }

  private static func pace(_ node: Node) -> Double? {
    switch node.string?.lowercased() {
    case "slow": 140
    case "normal": 173
    case "fast": 210
    default: node.number.flatMap { (20...1000).contains($0) ? $0 : nil }
    }
  }

  private static func cast(_ node: Node, line: Int?) throws(StoryError) -> [CastMember] {
    guard let mapping = node.mapping else {
      throw .frontMatter(
        line: line,
        problem: "cast must give each name its looks: `cast: {Mira: a girl in a red coat}`")
    }
    var cast: [CastMember] = []
    for (name, value) in mapping {
      guard let name = name.string else { continue }
      if let looks = value.string {
        cast.append(CastMember(name: name, looks: looks))
      } else if let details = value.mapping,
        let looks = (details["looks"] ?? details["description"])?.string
      {
        let gender = details["pronoun"]?.string.flatMap(CastMember.Gender.init(pronoun:))
        cast.append(CastMember(name: name, looks: looks, gender: gender))
      } else {
        throw .frontMatter(
          line: line, problem: "cast: say in one line what \(name) looks like")
      }
    }
    return cast
  }
}

extension Node {
  fileprivate var number: Double? { string.flatMap(Double.init) }
}
