/// Somebody who reads aloud.
public protocol Voice: Sendable {
  /// Says a text; the same text sounds the same every time, as far as it is up to Fabula.
  ///
  /// Throws what kept the text from being heard, silence included.
  func speak(_ text: String) throws(VoiceError) -> Speech
}
