import Foundation
import Synchronization

/// Keeps what is shown as frames of an even rate: each frame is the newest picture of its time.
///
/// It has a thread of its own, so that a slow encoder holds up the film and never the show.
public final class Recorder: Sendable {
  private let state = Mutex(State())
  private let bell = Bell()
  private let ended = DispatchSemaphore(value: 0)

  private struct State {
    var newest: Shown?
    var isFinished = false
    var captions = Captions()
    var problem: (any Error)?
  }

  /// A recorder of `rate` frames a second, which `append` takes in order on the recorder's thread.
  public init(rate: Double, append: @escaping @Sendable ([UInt8]) throws -> Void) {
    let thread = Thread { [self] in
      do { try record(rate: rate, append) } catch { state.withLock { $0.problem = error } }
      ended.signal()
    }
    thread.name = "recorder"
    thread.start()
  }

  /// A picture is shown from now on.
  public func show(_ shown: Shown) {
    let isFirst = state.withLock { state in
      defer { state.newest = shown }
      return state.newest == nil
    }
    if isFirst { bell.ring() }
  }

  /// Ends the recording and returns what was told in it, by its frames.
  public func finish() throws -> [Caption] {
    state.withLock { $0.isFinished = true }
    bell.ring()
    ended.wait()
    return try state.withLock { state in
      if let problem = state.problem { throw problem }
      return state.captions.all
    }
  }

  private func record(rate: Double, _ append: ([UInt8]) throws -> Void) throws {
    var beat: FrameBeat?
    while true {
      let now = monotonicSeconds()
      let (newest, isFinished) = state.withLock { ($0.newest, $0.isFinished) }
      if let newest {
        var running = beat ?? FrameBeat(rate: rate, start: newest.time)
        for index in running.due(at: now) {
          try append(newest.rgb)
          state.withLock { $0.captions.note(newest.line, frame: index) }
        }
        beat = running
      }
      if isFinished { return }
      bell.wait(seconds: beat.map { $0.nextTime - monotonicSeconds() } ?? 1)
    }
  }
}
