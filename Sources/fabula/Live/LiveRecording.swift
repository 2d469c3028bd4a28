import Dispatch
import Film
import Foundation
import Live
import Synchronization
import Travel

/// Keeps what is shown in films: one from beginning to end, or those that a spectator asks for.
///
/// Films begin and end on a queue of their own, so that no click overtakes another, and that the
/// show's end waits for films that are being finished.
final class LiveRecording: Sendable {
  private let size: (width: Int, height: Int)
  private let rate: Travel.FrameRate
  private let metadata: [String: String]
  private let news: LiveNews
  private let queue = DispatchQueue(label: "recording")
  private let state = Mutex(State())

  private struct State {
    var running: Running?
    var keepsAll = false
    var isOver = false
    /// Why the film of all that is shown could not go on.
    var problem: Failure?
  }

  private struct Running: Sendable {
    var path: String
    var writer: FilmWriter
    var recorder: Recorder
  }

  /// Films of this size and rate; what becomes of them is told as `news`.
  init(
    width: Int, height: Int, rate: Travel.FrameRate, metadata: [String: String], news: LiveNews
  ) {
    size = (width, height)
    self.rate = rate
    self.metadata = metadata
    self.news = news
  }

  /// The film being made.
  var path: String? { state.withLock { $0.running?.path } }

  /// Whether there is a film of all that is shown, and none that spectators begin and end.
  var keepsAll: Bool { state.withLock { $0.keepsAll } }

  /// A picture is shown.
  func show(_ shown: Shown) { state.withLock { $0.running?.recorder }?.show(shown) }

  /// Keeps all that is shown from now on in one film.
  func keepAll(path: String) throws {
    try queue.sync { try begin(path: path) }
    state.withLock { $0.keepsAll = true }
  }

  /// Begins or ends a film on behalf of a spectator, without keeping anybody waiting.
  func turn(on: Bool) {
    queue.async { [self] in
      if state.withLock({ $0.keepsAll || $0.isOver }) { return }
      do {
        if on { return try begin(path: Self.freeName()) }
        if let film = try finish() { news.say("\(film.path): \(clock(film.duration)) kept") }
      } catch { news.complain("\(error)", about: .recording) }
    }
  }

  /// Ends the film being made, after those that spectators have ended; nil where there is none.
  /// No other begins.
  func end() throws -> FilmSummary? {
    try queue.sync { () throws -> FilmSummary? in
      let problem = state.withLock { state -> Failure? in
        state.isOver = true
        return state.problem
      }
      if let problem { throw problem }
      return try finish()
    }
  }
}

// MARK: - On the queue

extension LiveRecording {
  private func begin(path: String) throws {
    guard state.withLock({ $0.running == nil }) else { return }
    // A show has no time to spare, and its encoder shares the processor with the model.
    let options = FilmOptions(
      path: path, width: size.width, height: size.height, fps: rate.film, preset: "veryfast",
      queue: 64)
    let writer = try FilmWriter(
      path: path, options: options, tracks: FilmTracks(metadata: metadata))
    let recorder = Recorder(rate: rate.framesPerSecond) { [weak self] rgb in
      do { try writer.append(rgb) } catch {
        self?.giveUp(path, error)
        throw error
      }
    }
    news.settle(.recording)
    state.withLock { $0.running = Running(path: path, writer: writer, recorder: recorder) }
  }

  private func finish() throws -> FilmSummary? {
    guard let running = take() else { return nil }
    let captions: [Caption]
    do { captions = try running.recorder.finish() } catch { throw failure(of: running, error) }
    guard !captions.isEmpty else {
      running.writer.abandon()
      return nil
    }
    return try running.writer.finish(subtitles: captions.map { $0.subtitle(rate.film) })
  }

  /// A film that can't be written any longer ends at once, and that is said at once.
  private func giveUp(_ path: String, _ error: any Error) {
    // Called by the recorder, for whose end the queue may wait.
    queue.async { [self] in
      guard let running = take(path: path) else { return }
      _ = try? running.recorder.finish()
      let problem = failure(of: running, error)
      state.withLock { state in
        if state.keepsAll { state.problem = problem }
      }
      news.complain(problem.description, about: .recording)
    }
  }

  /// What there is to say of a film that can't be written any longer; its beginning is left.
  private func failure(of running: Running, _ error: any Error) -> Failure {
    let part = running.writer.abandon(keepingPart: true)
    return Failure("\(error)" + (part.map { " (\($0) holds what came before, and plays)" } ?? ""))
  }

  /// Takes the film being made, or the one at `path` where it is that, out of the show's hands.
  private func take(path: String? = nil) -> Running? {
    state.withLock { state -> Running? in
      guard let running = state.running, path == nil || path == running.path else { return nil }
      state.running = nil
      return running
    }
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
