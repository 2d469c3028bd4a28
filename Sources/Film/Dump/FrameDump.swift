import Foundation

/// Writes frames as PNG files and a manifest, on a thread of its own, so that they can be edited
/// and made into a film later.
public final class FrameDump: Sendable {
  /// The folder that the frames go to.
  public let folder: String
  private let width: Int
  private let height: Int
  private let queue: FrameQueue<(Picture, FrameEntry)>
  private let log: FrameLog

  /// Creates the folder. With `keeping`, the frames that are there stay and single ones may be
  /// replaced; otherwise those of an earlier dump are removed.
  public init(
    folder: String, manifest: FrameManifest, keeping: Bool = false, level: Int = 6, queue: Int = 8
  ) throws(FilmError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: folder, reason: "the folder can't be made")
    }
    WorkingFile.removeLeftovers(in: folder) { file in
      file == FrameManifest.fileName || FrameManifest.index(file: file) != nil
    }
    self.folder = folder
    width = manifest.width
    height = manifest.height
    var manifest = manifest
    if keeping {
      let known = try FrameFolder.manifest(of: folder)
      guard known.width == width, known.height == height else {
        throw .frameSize(
          path: folder, expected: "\(known.width)x\(known.height)", found: "\(width)x\(height)")
      }
      // An entry without its picture would make an edited one of what is drawn in its place.
      let pictures = Set(try FrameFolder.pictures(in: folder))
      manifest.frames = known.frames.filter { pictures.contains($0.file) }
    } else {
      for file in try FrameFolder.pictures(in: folder) where file.hasPrefix("frame-") {
        unlink(folder + "/" + file)
      }
      manifest.frames = []
    }
    try manifest.write(folder: folder)
    let log = FrameLog(manifest)
    let frames = FrameQueue<(Picture, FrameEntry)>(capacity: queue)
    self.log = log
    self.queue = frames
    let thread = Thread {
      do throws(FilmError) {
        while let (picture, entry) = frames.pop() {
          try PNG.write(picture, to: folder + "/" + entry.file, level: level)
          log.add(entry)
          // A killed dump says what it has, up to the last seconds; those say it themselves.
          if log.isDue {
            try log.manifest.write(folder: folder)
            log.wrote()
          }
        }
        frames.done(nil)
      } catch {
        frames.done(error)
      }
    }
    thread.name = "frames"
    thread.start()
  }

  deinit { _ = queue.close(dropping: true) }

  /// Writes one frame, the one of `entry.index`, in any order. Its time follows from the index.
  public func append(_ picture: Picture, _ entry: FrameEntry) throws(FilmError) {
    guard picture.width == width, picture.height == height else {
      throw .frameSize(path: folder, expected: "\(width)x\(height)", found: picture.size)
    }
    guard entry.index >= 0 else { throw .options("there is no frame \(entry.index)") }
    var entry = entry
    entry.time = log.fps.seconds(entry.index)
    entry.file = FrameManifest.file(index: entry.index)
    entry.hash = try fingerprint(of: picture.pixels)
    var picture = picture
    picture.text.merge(entry.keywords) { given, _ in given }
    try queue.push((picture, entry), path: folder)
  }

  /// Waits for the last frame and writes the manifest.
  @discardableResult
  public func finish() throws(FilmError) -> FrameManifest {
    guard queue.close(dropping: false) else { throw .closed(path: folder) }
    do throws(FilmError) {
      try queue.join()
    } catch {
      // What is there stays usable; the first error is the one to tell.
      try? log.manifest.write(folder: folder)
      throw error
    }
    let manifest = log.manifest
    try manifest.write(folder: folder)
    return manifest
  }
}

extension FrameEntry {
  private static let hashKeyword = "Fingerprint"
  private static let planKeyword = "Plan"

  /// The entry of a picture that no manifest knows, from what is written in the picture itself; nil
  /// for a picture that isn't a dump's, or isn't called as it was.
  init?(_ text: [String: String], file: String) {
    guard let index = text["Index"].flatMap({ Int($0) }), FrameManifest.file(index: index) == file,
      let time = text["Time"].flatMap(Double.init), let beat = text["Beat"].flatMap({ Int($0) }),
      let blend = text["Blend"].flatMap(Double.init), let hash = text[Self.hashKeyword]
    else { return nil }
    self.init(
      index: index, time: time, beat: beat, text: text["Description"] ?? "", blend: blend,
      noise: text["Noise"] ?? "", file: file, hash: hash, plan: text[Self.planKeyword])
  }

  fileprivate var keywords: [String: String] {
    var keywords = [
      "Index": "\(index)", "Time": "\(time)", "Beat": "\(beat)", "Description": text,
      "Blend": "\(blend)", "Noise": noise, Self.hashKeyword: hash,
    ]
    keywords[Self.planKeyword] = plan
    return keywords
  }
}
