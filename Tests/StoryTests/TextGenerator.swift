/// Writes texts that a segmenter may stumble over, the same for the same seed.
struct TextGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    // SplitMix64 (Steele, Lea & Flood 2014).
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Words, marks and white space in no order.
  mutating func text(parts: Int) -> String {
    var text = ""
    for _ in 0..<parts { text += Self.parts.randomElement(using: &self) ?? "" }
    return text
  }

  /// Any bytes, most of them ASCII.
  mutating func bytes(count: Int) -> [UInt8] {
    (0..<count).map { _ in
      UInt8.random(in: 0...9, using: &self) == 0
        ? UInt8.random(in: 0...255, using: &self) : UInt8.random(in: 9...126, using: &self)
    }
  }

  private static let parts: [String] = [
    "The ", "fox ", "Mira ", "said", "Dr. ", "e.g. ", "U.S. ", "I ", "A. ", "12. ", "3.5", "1) ",
    "(a) ", "• ", "# ", "## Title\n", "- ", "* ", "***", "---", "___", "> ", "`", "```\n", "[x](y)",
    "[", "]", "(", ")", "<!-- prompt: red -->", "<!--", "-->", "<i>", "&amp;", "\\", "*", "_",
    ".", ". ", "!", "?", "?! ", "…", "...", " . . . ", ",", ";", ":", "—", " – ", "-", "“", "”",
    "‘", "’", "\"", "'", "„", "«", "»", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "\u{3000}",
    "\u{A0}", "\u{200B}", "。", "！", "「", "」", "と言った", "走れ", "“快跑！”他喊道。", "ا", "؟ ", "क", "।", "ไทย",
    "Straße ", "été ", "ñ", "é", "e\u{301}", "👩‍👩‍👧", "🦊 ", "\u{FEFF}", "\u{2028}", "http://a.b/C.d ",
    "INT. KITCHEN - NIGHT\n", "MIRA\n", "1\n00:00:01,000 --> 00:00:02,000\n", "WEBVTT\n\n",
    "I. ", "IV. ", "Chapter 1\n", "z. B. ", "am 3. Mai ", "—¡Hola! ", "¿", "¡",
  ]
}
