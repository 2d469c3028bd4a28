import Foundation
import Voice

/// A voice that is asked for no text twice: what it said is kept in the store, so that a render
/// that goes on, or is shared out, hears the same again even of a voice that never repeats itself.
struct RememberingVoice: Voice {
  let voice: any Voice
  /// Names the voice, with all that its sound depends on.
  let name: String
  let folder: CacheFolder

  func speak(_ text: String) throws(VoiceError) -> Speech {
    let file = folder.file(key(text), kind: "wav")
    if let bytes = FileManager.default.contents(atPath: file),
      let speech = try? Speech(wave: Array(bytes))
    {
      utimes(file, nil)
      return speech
    }
    let wave = try voice.speak(text).wave
    keep(wave, in: file)
    // What is heard now is what will be read later.
    return try Speech(wave: wave)
  }

  private func key(_ text: String) -> String {
    var digest = SHA256()
    digest.update(Array("speech 1\n\(name.utf8.count) \(name)\n\(text)".utf8))
    return digest.hex()
  }

  /// A store that can't be written costs time the next time, nothing else.
  private func keep(_ wave: [UInt8], in file: String) {
    let url = URL(fileURLWithPath: file)
    try? FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? Data(wave).write(to: url, options: .atomic)
  }
}
