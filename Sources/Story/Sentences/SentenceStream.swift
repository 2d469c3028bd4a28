/// Sentences of a text that is still being written: feed it as it comes.
///
/// A sentence is finished when more text cannot change it: when another has begun after it, when
/// a line ends with it, or when a blank line follows. An open quotation holds its sentence back.
public struct SentenceStream: Sendable {
  /// What was fed and belongs to no finished sentence yet.
  public var tail: String { wording(of: buffer) }

  private let language: String?
  private var buffer: [UInt8] = []
  /// The bytes of a character that is not complete yet.
  private var partial: [UInt8] = []
  /// The beginning of the text, to tell its language by.
  private var sample: [UInt8] = []
  private var rules: LanguageRules
  /// The length at which the buffer is looked at next: a long one not at every letter.
  private var threshold = 0

  /// An open quotation is waited for no longer than this.
  private static let patience = 600
  private static let sampleLength = 2000

  /// Creates an empty stream; the language is told from what comes when nil.
  public init(language: String? = nil) {
    self.language = language
    rules = LanguageRules(language: language ?? "en")
  }

  /// Takes more text and returns the sentences that it finishes.
  public mutating func feed(_ text: String) -> [String] {
    feed(Array(text.utf8))
  }

  /// Takes more bytes of UTF-8, which may end inside a character, and returns the sentences that
  /// they finish; bytes that are no UTF-8 become U+FFFD.
  public mutating func feed(_ bytes: [UInt8]) -> [String] {
    let new = partial + bytes
    let end = Self.completeLength(of: new)
    partial = Array(new[end...])
    let text = Array(String(decoding: new[..<end], as: UTF8.self).utf8)
    buffer += text
    learn(from: text)
    guard buffer.count >= threshold || text.contains(0x0A) else { return [] }
    return take()
  }

  /// Ends the text, or the turn of a writer who paused, and returns what was left.
  public mutating func finish() -> [String] {
    buffer += Array(String(decoding: partial, as: UTF8.self).utf8)
    partial = []
    let rest = ranges().map { wording(of: buffer[$0]) }
    buffer = []
    threshold = 0
    return rest
  }

  private mutating func learn(from text: [UInt8]) {
    guard language == nil, sample.count < Self.sampleLength else { return }
    sample += text.prefix(Self.sampleLength)
    let detected = LanguageDetector.language(
      of: Array(String(decoding: sample, as: UTF8.self).utf8))
    if detected != rules.code { rules = LanguageRules(language: detected) }
  }

  private func ranges() -> [Range<Int>] {
    let script = PlainReader(source: buffer).script()
    let segmenter = Segmenter(text: buffer, rules: rules)
    return script.passages.flatMap { segmenter.sentences(in: $0.range) }
  }

  private mutating func take() -> [String] {
    let ranges = ranges()
    var taken = 0
    for (index, range) in ranges.enumerated() {
      let isLast = index == ranges.count - 1
      guard isFinished(range, isLast: isLast) else { break }
      taken = index + 1
    }
    let finished = ranges[..<taken].map { wording(of: buffer[$0]) }
    if taken > 0 { buffer.removeSubrange(..<ranges[taken - 1].upperBound) }
    threshold = buffer.count < 1000 ? 0 : buffer.count + buffer.count / 8
    return finished
  }

  private func isFinished(_ range: Range<Int>, isLast: Bool) -> Bool {
    let text = Characters(bytes: buffer)
    let rest = buffer[range.upperBound...]
    if rest.starts(with: "\n\n".utf8) || rest.starts(with: "\r\n\r\n".utf8) { return true }
    let isOpen =
      Quotations(in: range.lowerBound..<buffer.count, of: text).unclosed
      .map { $0 < range.upperBound } ?? false
    if isOpen, buffer.count - range.lowerBound < Self.patience { return false }
    if isLast {
      let endsLine = rest.first == 0x0A || rest.first == 0x0D
      return endsLine && endsSentence(range, text)
    }
    // A few words more tell whether they only say who spoke.
    let words = rest.split { $0 <= 0x20 }
    let isUnspaced = text.scalar(at: text.skippingSpace(from: range.upperBound, to: buffer.count))
      .isUnspaced
    return words.count > 4 || (isUnspaced ? rest.count > 60 : false) || ranges(after: range)
  }

  /// Whether another sentence after this one is complete, or a line ends.
  private func ranges(after range: Range<Int>) -> Bool {
    let rest = buffer[range.upperBound...]
    if rest.first == 0x0A || rest.first == 0x0D { return true }
    return rest.contains { $0 == 0x0A || $0 == 0x2E || $0 == 0x21 || $0 == 0x3F }
  }

  private func endsSentence(_ range: Range<Int>, _ text: Characters) -> Bool {
    var i = range.upperBound
    while i > range.lowerBound {
      i = text.index(before: i)
      let scalar = text.scalar(at: i)
      if scalar == "…" || scalar.kind == .fullStop || scalar.kind == .terminator { return true }
      guard scalar.kind == .close || scalar == "*" || scalar == "_" else { return false }
    }
    return false
  }

  /// The length without a character that is cut off at the end.
  private static func completeLength(of bytes: [UInt8]) -> Int {
    for back in 1...3 where back <= bytes.count {
      let byte = bytes[bytes.count - back]
      if byte & 0xC0 == 0x80 { continue }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return length > back ? bytes.count - back : bytes.count
    }
    return bytes.count
  }
}
