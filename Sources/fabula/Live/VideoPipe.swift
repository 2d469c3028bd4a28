import ArgumentParser
import Film
import Foundation
import Live
import Travel

/// Video on standard output, for a player or a mixer at the other end of a pipe.
final class VideoPipe: Sendable {
  /// How pictures become video.
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    /// YUV4MPEG2: every pixel as it is, and no time lost.
    case y4m
    /// H.264 in a fragmented MP4: a hundredth of the bytes.
    case mp4
  }

  private let recorder: Recorder
  private let end: @Sendable () -> Void

  /// Why it ends: the other end has gone.
  private struct Closed: Error {}

  /// Begins to write; `ended` is called when nobody reads any more.
  init(
    _ kind: Kind, width: Int, height: Int, rate: Travel.FrameRate,
    ended: @escaping @Sendable () -> Void
  ) throws {
    let append: @Sendable ([UInt8]) throws -> Void
    switch kind {
    case .y4m:
      let video = RawVideo(width: width, height: height)
      let isOpen = Self.write(video.header(frames: rate.numerator, seconds: rate.denominator))
      append = { guard isOpen, Self.write(video.frame($0)) else { throw Closed() } }
      end = {}
    case .mp4:
      // Made here for its errors, then used by the recorder's thread, and here after its end.
      nonisolated(unsafe) let stream = try FilmStream(
        descriptor: 1, name: "standard output",
        options: FilmOptions(
          path: "-.mp4", width: width, height: height, fps: rate.film, preset: "veryfast"))
      append = { try stream.append($0) }
      // Whoever has gone misses nothing.
      end = { try? stream.close() }
    }
    recorder = Recorder(rate: rate.framesPerSecond) { rgb in
      do { try append(rgb) } catch {
        ended()
        throw error
      }
    }
  }

  /// A picture is shown.
  func show(_ shown: Shown) { recorder.show(shown) }

  /// Writes what is due and ends.
  func finish() {
    _ = try? recorder.finish()
    end()
  }

  private static func write(_ bytes: [UInt8]) -> Bool {
    writeAll(bytes, to: 1) == nil
  }
}
