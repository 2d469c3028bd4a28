/// What a terminal says about the pictures that it can draw, found in what it sends.
///
/// The question is a picture in Kitty's protocol that isn't to be shown, then the primary device
/// attributes (DA1), which every terminal knows: their answer ends the wait, whether or not there
/// was one to the former. Keys that were pressed meanwhile are kept.
struct TerminalAnswer: Equatable, Sendable {
  /// What to write to the terminal.
  static let question = "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\\u{1B}[c"

  /// The best that the terminal draws; nil until it has answered.
  private(set) var kind: TerminalPicture?
  /// What it sent besides: somebody's keys.
  var typed: [UInt8] { keys + pending }

  private var speaksKitty = false
  private var keys: [UInt8] = []
  private var pending: [UInt8] = []

  // Longer answers aren't given, and somebody's escape key must not hold all keys after it back.
  private static let longest = 64
  private static let escape: UInt8 = 0x1B

  /// Takes what the terminal sent.
  mutating func take(_ bytes: [UInt8]) {
    for byte in bytes {
      // An escape begins a sequence, but for the one that ends a string.
      if byte == Self.escape, !pending.starts(with: [Self.escape, UInt8(ascii: "_")]) { giveUp() }
      guard byte == Self.escape || !pending.isEmpty else {
        keys.append(byte)
        continue
      }
      pending.append(byte)
      read()
      if pending.count > Self.longest { giveUp() }
    }
  }

  private mutating func read() {
    guard pending.count > 1 else { return }
    switch pending[1] {
    case UInt8(ascii: "["): readControlSequence()
    case UInt8(ascii: "_"):
      guard pending.suffix(2) == [Self.escape, UInt8(ascii: "\\")] else { return }
      let body = String(decoding: pending.dropFirst(2).dropLast(2), as: UTF8.self)
      guard body.hasPrefix("Gi=31;") else { return giveUp() }
      speaksKitty = speaksKitty || body == "Gi=31;OK"
      pending = []
    default: giveUp()
    }
  }

  private mutating func readControlSequence() {
    guard pending.count > 2, let last = pending.last, (0x40...0x7E).contains(last) else { return }
    guard pending[2] == UInt8(ascii: "?"), last == UInt8(ascii: "c") else { return giveUp() }
    let attributes = pending[3..<pending.count - 1].split(separator: UInt8(ascii: ";"))
    // The first is the terminal's class; 4 among the others stands for sixels.
    let hasSixels = attributes.dropFirst().contains { $0.elementsEqual([UInt8(ascii: "4")]) }
    kind = speaksKitty ? .kitty : hasSixels ? .sixel : .halfBlocks
    pending = []
  }

  private mutating func giveUp() {
    keys += pending
    pending = []
  }
}
