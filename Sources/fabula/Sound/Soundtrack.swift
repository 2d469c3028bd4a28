import Film
import Foundation
import Story
import Voice

/// What is heard with the pictures, and the story with the times that it gives.
struct Soundtrack {
  /// Where the sound comes from.
  enum Origin {
    case none
    /// A file of the user's.
    case file(String)
    /// A voice, just now.
    case narration(Speech)
  }

  /// The story as it is heard.
  let story: Story
  /// Its sound.
  var origin = Origin.none

  /// The sound as a film takes it.
  var audio: Audio? {
    switch origin {
    case .none: nil
    case .file(let path): .file(path)
    case .narration(let speech): .samples(speech.samples, rate: speech.rate, channels: 1)
    }
  }

  /// The sound's file, as a dump of frames names it.
  var fileName: String? {
    switch origin {
    case .none: nil
    case .file(let path): URL(fileURLWithPath: path).standardizedFileURL.path
    case .narration: Self.narrationName
    }
  }

  /// Where the sound is beside a dump in `folder`.
  func path(in folder: String) -> String? {
    switch origin {
    case .none: nil
    case .file(let path): path
    case .narration: folder + "/" + Self.narrationName
    }
  }

  private static let narrationName = "narration.wav"

  /// Writes a narration into the folder of a dump, where it has no other file; what an earlier dump
  /// said goes, unless it is the sound that was given.
  func writeNarration(into folder: String) throws {
    let path = folder + "/" + Self.narrationName
    switch origin {
    case .narration(let speech): try Self.write(speech, to: path)
    case .file where fileName == URL(fileURLWithPath: path).standardizedFileURL.path: break
    case .file, .none: unlink(path)
    }
  }

  /// Writes a narration as WAV; there must be one.
  func writeNarration(to path: String) throws {
    guard case .narration(let speech) = origin else {
      throw Failure("--audio-out: there is no voice: give --narrate")
    }
    try Self.write(speech, to: path)
  }

  private static func write(_ speech: Speech, to path: String) throws(Failure) {
    do {
      try Data(speech.wave).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Failure("\(path): cannot be written: choose another output")
    }
  }
}
