import Film
import Foundation
import Live
import Synchronization
import Travel

/// Keeps what is shown in films: one from beginning to end, or those that a spectator asks for.
final class LiveRecording: Sendable {
  private let size: (width: Int, height: Int)
  private let rate: Travel.FrameRate
  private let metadata: [String: String]
  private let state = Mutex(State())

  private struct State {
    var running: Running?
    var problem: String?
  }

  private struct Running: Sendable {
    var path: String
    var writer: FilmWriter
    var recorder: Recorder
  }

  /// Films of this size and rate.
  init(width: Int, height: Int, rate: Travel.FrameRate, metadata: [String: String]) {
    size = (width, height)
    self.rate = rate
    self.metadata = metadata
  }

  /// The film being made.
  var path: String? { state.withLock { $0.running?.path } }

  /// A picture is shown.
  func show(_ shown: Shown) { state.withLock { $0.running?.recorder }?.show(shown) }

  /// Begins a film where none is being made.
  func begin(path: String) throws {
    try state.withLock { state in
      guard state.running == nil else { return }
      // A show has no time to spare, and its encoder shares the processor with the model.
      let options = FilmOptions(
        path: path, width: size.width, height: size.height, fps: rate.film, preset: "veryfast",
        queue: 64)
      let writer = try FilmWriter(
        path: path, options: options, tracks: FilmTracks(metadata: metadata))
      let recorder = Recorder(rate: rate.framesPerSecond) { try writer.append($0) }
      state.running = Running(path: path, writer: writer, recorder: recorder)
    }
  }

  /// Ends the film being made; nil where there is none.
  func end() throws -> FilmSummary? {
    let running = state.withLock { state in
      defer { state.running = nil }
      return state.running
    }
    guard let running else { return nil }
    let captions = try running.recorder.finish()
    guard !captions.isEmpty else {
      running.writer.abandon()
      return nil
    }
    return try running.writer.finish(subtitles: captions.map { $0.subtitle(rate.film) })
  }

  /// Begins or ends a film on behalf of a spectator, without keeping anybody waiting.
  func turn(on: Bool, say: @escaping @Sendable (String) -> Void) {
    let thread = Thread { [self] in
      do {
        if on { return try begin(path: Self.freeName()) }
        if let film = try end() { say("\(film.path): \(clock(film.duration)) kept") }
      } catch { say("fabula: \(error)") }
    }
    thread.name = "recording"
    thread.start()
  }

  /// A name that no file has.
  private static func freeName() -> String {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.dateFormat = "yyyy-MM-dd HH.mm.ss"
    let stem = "live \(format.string(from: Date()))"
    var name = stem + ".mp4"
    var number = 2
    while access(name, F_OK) == 0 || access(name + ".part", F_OK) == 0 {
      name = "\(stem) (\(number)).mp4"
      number += 1
    }
    return name
  }
}
