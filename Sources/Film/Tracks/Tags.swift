extension FilmTracks {
  // MP4 has a fixed set of tags; whatever else there is goes into the comment, a line each.
  private static let known: Set<String> = [
    "title", "artist", "album", "album_artist", "composer", "comment", "description", "synopsis",
    "date", "genre", "copyright", "show", "episode_id", "network", "lyrics", "grouping",
  ]

  /// The film's metadata under the names that the container knows.
  func tags(for container: Container) -> Settings {
    var tags = metadata
    if let title { tags["title"] = title }
    if container.isMOV {
      let others = tags.filter { !Self.known.contains($0.key) }
      let lines = others.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      tags = tags.filter { Self.known.contains($0.key) }
      let comment = ([tags["comment"]].compactMap { $0 } + lines).joined(separator: "\n")
      if !comment.isEmpty { tags["comment"] = comment }
    }
    return tags.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) }
  }
}
