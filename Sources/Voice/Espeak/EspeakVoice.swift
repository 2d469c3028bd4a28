import CEspeak
import Glibc

/// The voice that comes with Fabula: espeak-ng, which speaks about a hundred languages.
public struct EspeakVoice: Voice {
  /// The library's own name of the voice.
  public let name: String
  /// The library's measure of speed, which is words a minute for short English ones.
  private let rate: Int

  /// At this rate the library tells a story about as fast as Story's own pace does.
  private static let ordinaryRate = 145.0
  /// What the library can do.
  private static let rates = 80.0...450.0

  /// The voice for a language (BCP 47, as in "pt-BR"), or the one of that name; `speed` is 1 at a
  /// narrator's ordinary pace, more is faster.
  public init(language: String, name: String? = nil, speed: Double = 1) throws(VoiceError) {
    let voices = try EspeakVoices()
    if let name {
      self.name = try voices.named(name)
    } else {
      self.name = try voices.best(for: language)
    }
    rate = Int(
      min(max(Self.ordinaryRate * speed, Self.rates.lowerBound), Self.rates.upperBound).rounded())
  }

  /// Says a text.
  public func speak(_ text: String) throws(VoiceError) -> Speech {
    var speech = fabula_espeak_speech()
    // A zero would end the text for the library.
    let words = text.replacing("\0", with: " ")
    let code = fabula_espeak_speak(words, name, Int32(rate), &speech)
    defer { free(speech.samples) }
    guard code == 0 else { throw .failed(text: text, reason: Self.reason(code)) }
    let samples = UnsafeBufferPointer(start: speech.samples, count: speech.count)
    return Speech(samples: samples.map { Float($0) / 32768 }, rate: Int(speech.rate))
  }

  /// What a code of the library means.
  static func reason(_ code: Int32) -> String {
    switch code {
    case fabula_espeak_died: return "it crashed"
    case fabula_espeak_no_child: return "no memory for it"
    default:
      var buffer = [CChar](repeating: 0, count: 256)
      fabula_espeak_message(code, &buffer, buffer.count)
      return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }
}
