import Foundation

/// The kinds of file that a film can be.
public enum Container: String, Sendable, CaseIterable, Codable {
  /// MPEG-4.
  case mp4
  /// QuickTime.
  case mov
  /// Matroska.
  case mkv
  /// Animated GIF.
  case gif
  /// Animated WebP.
  case webp

  /// The container that a file name asks for.
  public init?(path: String) {
    let end = URL(fileURLWithPath: path).pathExtension.lowercased()
    switch end {
    case "m4v": self = .mp4
    default: self.init(rawValue: end)
    }
  }

  /// What is encoded when nothing else is asked for.
  public var defaultCodec: Codec {
    switch self {
    case .mp4, .mov, .mkv: .h264
    case .gif: .gif
    case .webp: .webp
    }
  }

  /// The codecs that players find in such a file.
  public var codecs: [Codec] {
    switch self {
    case .mp4: [.h264, .hevc, .av1]
    case .mov: [.h264, .hevc, .prores]
    case .mkv: [.h264, .hevc, .av1, .prores, .ffv1]
    case .gif: [.gif]
    case .webp: [.webp]
    }
  }

  /// FFmpeg's name for the format.
  var muxer: String {
    switch self {
    case .mp4: "mp4"
    case .mov: "mov"
    case .mkv: "matroska"
    case .gif: "gif"
    case .webp: "webp"
    }
  }

  /// Whether the file keeps its index in a `moov` atom.
  var isMOV: Bool { self == .mp4 || self == .mov }
  /// Whether sound, subtitles and chapters have a place in the file.
  var holdsTracks: Bool { isMOV || self == .mkv }
}
