/// Encodes words as byte-level byte pairs: a word's bytes are its first symbols, the last one
/// marked as the word's end; then the pair whose merge comes earliest is merged, until none is left.
///
/// Sennrich et al. 2016 ("Neural Machine Translation of Rare Words with Subword Units"), over bytes
/// as in GPT-2.
struct BytePairEncoder: Sendable {
  private struct Merge {
    let rank: Int32
    let result: Int32
  }

  private static let noMerge = Int32.max

  private let idOfByte: [Int32]
  private let idOfLastByte: [Int32]
  private let merges: [UInt64: Merge]

  /// - Parameter unknown: stands for every byte that the vocabulary lacks.
  init(_ vocabulary: Vocabulary, unknown: Int32) throws(CheckpointError) {
    let ids = vocabulary.idOfToken
    let symbols = Self.byteSymbols
    idOfByte = symbols.map { ids[String($0)] ?? unknown }
    idOfLastByte = symbols.map { ids[String($0) + Vocabulary.wordEnd] ?? unknown }
    var merges: [UInt64: Merge] = [:]
    merges.reserveCapacity(vocabulary.merges.count)
    for (rank, (left, right)) in vocabulary.merges.enumerated() {
      guard let a = ids[String(left)], let b = ids[String(right)],
        let result = ids[String(left + right)]
      else {
        throw .invalidConfig(
          file: vocabulary.file, field: "merges",
          reason: "\"\(left) \(right)\" or its parts are not in the vocabulary")
      }
      merges[Self.key(a, b)] = Merge(rank: Int32(clamping: rank), result: result)
    }
    self.merges = merges
  }

  private static func key(_ a: Int32, _ b: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: a)) << 32 | UInt64(UInt32(bitPattern: b))
  }

  /// GPT-2's printable character of each byte: itself where it is printable in Latin-1, else the
  /// next one from U+0100 on.
  static let byteSymbols: [Character] = {
    var next: UInt32 = 0x100
    return (UInt32(0)..<256).map { byte in
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: break
      default:
        defer { next += 1 }
        return Character(Unicode.Scalar(next) ?? "?")
      }
      return Character(Unicode.Scalar(byte) ?? "?")
    }
  }()

  /// Appends the tokens of one word.
  func encode(_ word: some Collection<UInt8>, into tokens: inout [Int32]) {
    var symbols = word.map { idOfByte[Int($0)] }
    guard !symbols.isEmpty else { return }
    for last in word.suffix(1) { symbols[symbols.count - 1] = idOfLastByte[Int(last)] }
    var ranks = zip(symbols, symbols.dropFirst()).map(rank) + [Self.noMerge]
    while let best = ranks.min(), best != Self.noMerge {
      mergeAll(of: best, &symbols, &ranks)
    }
    tokens += symbols
  }

  /// Merges the pairs of one rank from left to right, in one pass over the word, so that a word of
  /// a hundred thousand letters is no trap. Stops early if that makes a pair of an earlier rank.
  private func mergeAll(of best: Int32, _ symbols: inout [Int32], _ ranks: inout [Int32]) {
    var read = 0
    var write = 0
    var followsMerge = false
    var outranked = false
    while read < symbols.count {
      let joins = ranks[read] == best && !outranked
      let symbol = joins ? result(symbols[read], symbols[read + 1]) : symbols[read]
      let rank = ranks[read]
      read += joins ? 2 : 1
      if write > 0, joins || followsMerge {
        ranks[write - 1] = self.rank(symbols[write - 1], symbol)
        outranked = outranked || ranks[write - 1] < best
      }
      if joins, read < symbols.count, self.rank(symbol, symbols[read]) < best {
        outranked = true
      }
      symbols[write] = symbol
      ranks[write] = rank
      write += 1
      followsMerge = joins
    }
    if followsMerge { ranks[write - 1] = Self.noMerge }
    symbols.removeSubrange(write...)
    ranks.removeSubrange(write...)
  }

  private func rank(_ a: Int32, _ b: Int32) -> Int32 {
    merges[Self.key(a, b)]?.rank ?? Self.noMerge
  }

  private func result(_ a: Int32, _ b: Int32) -> Int32 {
    merges[Self.key(a, b)]?.result ?? a
  }
}
