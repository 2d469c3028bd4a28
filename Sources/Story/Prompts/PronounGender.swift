extension CastMember.Gender {
  /// The gender that a pronoun tells.
  init?(pronoun: String) {
    switch pronoun.lowercased() {
    case "she", "her", "sie", "elle", "ella", "lei": self = .feminine
    case "he", "him", "er", "il", "él", "lui": self = .masculine
    case "it", "es": self = .neuter
    case "they", "them", "ils", "elles", "ellos", "ellas", "loro": self = .plural
    default: return nil
    }
  }
}
