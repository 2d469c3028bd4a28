extension Settings {
  /// The key of front matter that an unknown one was meant to be: one that differs in a letter, or
  /// in a third of its letters; nil where there is none.
  public static func likelyKey(for unknown: String) -> String? {
    let letters = Array(unknown.lowercased())
    guard letters.count <= 20 else { return nil }
    let near = FrontMatter.Key.allCases.map(\.rawValue).map { key in
      (key: key, distance: distance(letters, Array(key)))
    }
    return near.filter { $0.distance <= max(1, $0.key.count / 3) }
      .min { $0.distance < $1.distance }?.key
  }

  /// How many letters have to be changed, added, left out or swapped with their neighbours to make
  /// one word of the other (the optimal string alignment distance).
  private static func distance(_ one: [Character], _ other: [Character]) -> Int {
    var rows = [Array(0...other.count)]
    for (i, letter) in one.enumerated() {
      var row = [i + 1]
      for (j, wanted) in other.enumerated() {
        var least = min(rows[i][j] + (letter == wanted ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, letter == other[j - 1], one[i - 1] == wanted {
          least = min(least, rows[i - 1][j - 1] + 1)
        }
        row.append(least)
      }
      rows.append(row)
    }
    return rows[one.count][other.count]
  }
}
