import CEspeak

/// The voices that espeak-ng has.
struct EspeakVoices {
  /// A voice and what it speaks.
  struct Entry {
    var name: String
    /// Lower-case codes, and how well the voice suits them: smaller is better.
    var languages: [(code: String, priority: Int)]
  }

  private(set) var entries: [Entry] = []

  /// Asks the library.
  init() throws(VoiceError) {
    var found: [Entry] = []
    let code = withUnsafeMutablePointer(to: &found) { found in
      fabula_espeak_voices(
        { context, name, languages in
          guard let found = context?.assumingMemoryBound(to: [Entry].self), let name else { return }
          found.pointee.append(
            Entry(
              name: String(cString: name),
              languages: languages.map(EspeakVoices.languages) ?? []))
        }, found)
    }
    guard code == 0 else { throw .library(reason: EspeakVoice.reason(code)) }
    guard !found.isEmpty else { throw .library(reason: "it has no voices") }
    entries = found
  }

  /// The name of the best voice for a language: of the whole code, else of what is left when its
  /// last parts are taken away, as in zh-Hans-CN, zh-Hans, zh.
  func best(for language: String) throws(VoiceError) -> String {
    var parts = language.lowercased().split { $0 == "-" || $0 == "_" }
    while !parts.isEmpty {
      if let name = best(code: parts.joined(separator: "-")) { return name }
      parts.removeLast()
    }
    throw .noVoice(language: language, known: codes)
  }

  /// The library's name of a voice that the user calls by its name, or by one of its languages;
  /// variants (`de+f3`) are left for the library to find.
  func named(_ name: String) throws(VoiceError) -> String {
    let base = name.prefix { $0 != "+" }
    let variant = name[base.endIndex...]
    if let entry = entries.first(where: { $0.name.lowercased() == base.lowercased() }) {
      return entry.name + variant
    }
    if let best = best(code: base.lowercased()) { return best + variant }
    throw .unknownVoice(name: name, known: codes)
  }

  private func best(code: String) -> String? {
    var best: (name: String, priority: Int)?
    for entry in entries {
      for language in entry.languages where language.code == code {
        if language.priority < best?.priority ?? .max { best = (entry.name, language.priority) }
      }
    }
    return best?.name
  }

  /// What a user may ask for: the code of each voice that is its own.
  private var codes: [String] { Set(entries.compactMap { $0.languages.first?.code }).sorted() }

  private static func languages(_ list: UnsafePointer<CChar>) -> [(code: String, priority: Int)] {
    var result: [(code: String, priority: Int)] = []
    var next = list
    while next.pointee != 0 {
      let code = String(cString: next + 1)
      result.append((code.lowercased(), Int(next.pointee)))
      next += code.utf8.count + 2
    }
    return result
  }
}
