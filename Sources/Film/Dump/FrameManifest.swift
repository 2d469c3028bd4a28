import Foundation

/// What a folder of frames is about: `frames.json`.
public struct FrameManifest: Sendable, Equatable, Codable {
  /// The manifest's name in its folder.
  public static let fileName = "frames.json"
  /// The version that this code reads and writes.
  public static let currentVersion = 1

  /// The version of this format.
  public var version = Self.currentVersion
  /// Pixels across.
  public var width: Int
  /// Pixels down.
  public var height: Int
  /// Frames a second.
  public var fps: FrameRate
  /// The film's title.
  public var title: String?
  /// The story's language.
  public var language: String
  /// The story's sentences.
  public var subtitles: [Subtitle]
  /// The story's scenes.
  public var chapters: [Chapter]
  /// Whatever lets the film be made again.
  public var metadata: [String: String]
  /// A file of sound; a relative path begins in the dump's folder.
  public var audio: String?
  /// What the frames were drawn from, in the drawer's words: frames of one plan fit together, and
  /// one of another names its own.
  public var plan: String?
  /// The frames in their order.
  public var frames: [FrameEntry]

  /// A manifest, at first without frames.
  public init(
    width: Int, height: Int, fps: FrameRate, tracks: FilmTracks = FilmTracks(),
    audio: String? = nil, frames: [FrameEntry] = []
  ) {
    self.width = width
    self.height = height
    self.fps = fps
    self.title = tracks.title
    self.language = tracks.language
    self.subtitles = tracks.subtitles
    self.chapters = tracks.chapters
    self.metadata = tracks.metadata
    self.audio = audio
    self.frames = frames
  }

  /// Reads the manifest of a folder.
  public init(folder: String) throws(FilmError) {
    let path = folder + "/" + Self.fileName
    let bytes = try readWhole(path)
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(bytes))
    } catch {
      throw .unreadable(path: path, reason: Self.reason(error))
    }
    guard version <= Self.currentVersion else {
      throw .unreadable(
        path: path, reason: "it is of version \(version), this program knows \(Self.currentVersion)"
      )
    }
    guard width > 0, height > 0, fps.num > 0, fps.den > 0 else {
      throw .unreadable(path: path, reason: "\(width)x\(height) at \(fps) is no film")
    }
  }

  /// Writes the manifest into a folder.
  public func write(folder: String) throws(FilmError) {
    let path = folder + "/" + Self.fileName
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      let data = try encoder.encode(self)
      try writeWhole(Array(data) + [UInt8(ascii: "\n")], to: path)
    } catch let error as FilmError {
      throw error
    } catch {
      throw .unwritable(path: path, reason: "\(error)")
    }
  }

  /// The name of a frame's file, which sorts as the frames do.
  public static func file(index: Int) -> String {
    let digits = String(index)
    return "frame-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".png"
  }

  /// The frame that a file of such a name holds, nil for other names.
  static func index(file: String) -> Int? {
    let index = Int(file.dropFirst("frame-".count).prefix { $0 != "." })
    return index.flatMap { Self.file(index: $0) == file ? $0 : nil }
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _): "\"\(key.stringValue)\" is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "\"\(context.codingPath.map(\.stringValue).joined(separator: "."))\" is of the wrong kind"
    default: "it isn't JSON"
    }
  }
}
