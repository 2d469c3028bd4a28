import CFFmpeg
import Foundation

/// What can go wrong between frames and a film. Every description is one line that ends with
/// what to do next where the user can do something.
public enum FilmError: Error, Equatable, Sendable {
  /// A size, rate, codec or option that no film can have.
  case options(String)
  /// The folder that should hold the output isn't there.
  case missingFolder(path: String)
  /// The output can't be created or changed.
  case unwritable(path: String, reason: String)
  /// The disk, or the size that files may have, is used up.
  case diskFull(path: String)
  /// An input isn't there or can't be read.
  case unreadable(path: String, reason: String)
  /// A picture whose size isn't the film's.
  case frameSize(path: String, expected: String, found: String)
  /// A film without frames.
  case noFrames(path: String)
  /// The writer was finished or abandoned before.
  case closed(path: String)
  /// FFmpeg refused; `detail` is its last log line.
  case ffmpeg(action: String, path: String, reason: String, detail: String)
}

extension FilmError: CustomStringConvertible, LocalizedError {
  /// One line for the terminal.
  public var description: String {
    switch self {
    case .options(let why): why
    case .missingFolder(let path):
      "\(path): no such folder: create it or choose another output"
    case .unwritable(let path, let reason):
      "\(path): can't be written (\(reason)): choose another output or change its permissions"
    case .diskFull(let path):
      "\(path): no space left on the disk: free some, or choose an output on another disk"
    case .unreadable(let path, let reason): "\(path): can't be read (\(reason))"
    case .frameSize(let path, let expected, let found):
      "\(path): the picture is \(found), the film is \(expected): resize it or delete it"
    case .noFrames(let path): "\(path): there are no frames to write"
    case .closed(let path): "\(path): the film is already finished"
    case .ffmpeg(let action, let path, let reason, let detail):
      "\(path): \(action) failed: \(reason)" + (detail.isEmpty ? "" : " (\(detail))")
    }
  }

  /// The same line, for `localizedDescription`.
  public var errorDescription: String? { description }
}
