/// Decides what the show is to show, from what is typed and what comes in sentences.
///
/// What is being typed goes before everything else. Sentences are told one after another, each in
/// its time. While more may come they never fall behind by more than ``lag``: the oldest are
/// skipped. Once the input has ended nothing newer is held up, so the rest is told in full.
public struct Director: Sendable {
  /// What the show is to show now.
  public struct Wish: Equatable, Sendable {
    /// What to draw.
    public var passage: Passage
    /// What is told.
    public var line: Line
    /// The newest keystroke in it.
    public var key: UInt32
  }

  /// How many seconds of sentences may wait while more may come.
  public var lag: Double
  /// How fast sentences follow one another; 1 is a narrator's pace.
  public var pace = 1.0
  /// What is being typed.
  public private(set) var draft = ""
  /// The lines told so far, the latest last; older ones than ``memory`` are forgotten.
  public private(set) var lines: [Line] = []

  private var waiting: [Told] = []
  private var end: Double?
  private var hasEnded = false
  private var key: UInt32 = 0
  private var nextID = 1

  /// How many lines are kept, and how many of them a passage carries.
  public static let memory = 200
  private static let context = 8
  /// What a line just typed is left alone for, where sentences wait too.
  private static let secondsOfTyped = 2.0
  /// Longer text is no story's line; what is beyond is cut.
  public static let longestLine = 2000
  private static let mostWaiting = 10_000

  /// A director to whom nobody has said anything yet.
  public init(lag: Double = 8) {
    self.lag = lag
  }

  /// Something happened at `now`.
  public mutating func take(_ happening: Happening, at now: Double) {
    switch happening {
    case .typed(let text, let key): type(text, key: key)
    case .entered(let key): enter(key: key, at: now)
    case .told(let sentences): tell(sentences)
    case .ended: endInput()
    case .set(let settings): pace = settings.pace
    }
  }

  /// The line being typed is now `text`.
  public mutating func type(_ text: String, key: UInt32) {
    draft = Self.clean(text)
    self.key = key
  }

  /// The line being typed is finished.
  public mutating func enter(key: UInt32, at now: Double) {
    self.key = key
    let text = draft.trimmed
    draft = ""
    guard !text.isEmpty else { return }
    begin(text, until: now + Self.secondsOfTyped / pace)
  }

  /// These sentences came.
  public mutating func tell(_ sentences: [Told]) {
    for sentence in sentences {
      let text = Self.clean(sentence.text).trimmed
      if !text.isEmpty { waiting.append(Told(text: text, duration: sentence.duration)) }
    }
    if waiting.count > Self.mostWaiting {
      waiting.removeFirst(waiting.count - Self.mostWaiting)
    }
  }

  /// No more sentences come.
  public mutating func endInput() { hasEnded = true }

  /// What is to be shown at `now`; nil before there was any text.
  public mutating func wish(at now: Double) -> Wish? {
    advance(to: now)
    let typed = draft.trimmed
    if !typed.isEmpty {
      return Wish(
        passage: Passage(before: lines.suffix(Self.context).map(\.text), text: typed),
        line: Line(id: nextID, text: typed), key: key)
    }
    guard let line = lines.last else { return nil }
    return Wish(
      passage: Passage(before: lines.dropLast().suffix(Self.context).map(\.text), text: line.text),
      line: line, key: key)
  }

  /// Whether the input has ended and all of it was told.
  public func isOver(at now: Double) -> Bool {
    hasEnded && waiting.isEmpty && draft.isEmpty && (end.map { now >= $0 } ?? true)
  }

  private mutating func advance(to now: Double) {
    if let end, now < end { return }
    if !hasEnded { skipLate() }
    guard !waiting.isEmpty else { return }
    let next = waiting.removeFirst()
    begin(next.text, until: now + next.duration / pace)
  }

  private mutating func skipLate() {
    var seconds = waiting.reduce(0) { $0 + $1.duration } / pace
    var late = 0
    while late < waiting.count - 1, seconds > lag {
      seconds -= waiting[late].duration / pace
      late += 1
    }
    waiting.removeFirst(late)
  }

  private mutating func begin(_ text: String, until end: Double) {
    lines.append(Line(id: nextID, text: text))
    if lines.count > Self.memory { lines.removeFirst(lines.count - Self.memory) }
    nextID += 1
    self.end = end
  }

  /// One line without control characters.
  private static func clean(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(longestLine) {
      let isControl = scalar.properties.generalCategory == .control
      line.append(isControl ? " " : scalar)
    }
    return String(line)
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
