import Story

extension Settings {
  /// What to say of the front matter's keys that mean nothing: most are misspelt.
  var warnings: [String] {
    unknownKeys.map { key in
      let hint = Self.likelyKey(for: key).map { "did you mean \($0)?" } ?? "there is no such key"
      // Escaped, because a key may hold anything.
      return "front matter: \(key.debugDescription) is left out: \(hint)"
    }
  }
}
