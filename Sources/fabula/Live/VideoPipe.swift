import Foundation
import Live
import Travel

/// Video on standard output, for a player or a mixer at the other end of a pipe.
final class VideoPipe: Sendable {
  private let recorder: Recorder

  /// Why it ends: the other end has gone.
  private struct Closed: Error {}

  /// Begins to write; `ended` is called when nobody reads any more.
  init(width: Int, height: Int, rate: Travel.FrameRate, ended: @escaping @Sendable () -> Void) {
    let video = RawVideo(width: width, height: height)
    let header = video.header(frames: rate.numerator, seconds: rate.denominator)
    let first = First(header)
    recorder = Recorder(rate: rate.framesPerSecond) { rgb in
      guard Self.write(first.take() + video.frame(rgb)) else {
        ended()
        throw Closed()
      }
    }
  }

  /// What goes before the first frame, once; the recorder's thread alone asks.
  private final class First: @unchecked Sendable {
    private var bytes: [UInt8]
    init(_ bytes: [UInt8]) { self.bytes = bytes }
    func take() -> [UInt8] {
      defer { bytes = [] }
      return bytes
    }
  }

  /// A picture is shown.
  func show(_ shown: Shown) { recorder.show(shown) }

  /// Writes what is due and ends.
  func finish() { _ = try? recorder.finish() }

  private static func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
