import Foundation

/// A folder of frames as it is now: drawn, edited, thinned out or painted by hand.
public struct FrameFolder: Sendable {
  /// The folder.
  public let path: String
  /// What it is about; the user's own folders may lack it.
  public let manifest: FrameManifest?
  /// The pictures' file names in the film's order, which is that of their names.
  public let files: [String]
  private let entries: [String: FrameEntry]

  /// Looks at a folder with PNG files, and `frames.json` where there is one.
  public init(path: String) throws(FilmError) {
    self.path = path
    files = try Self.pictures(in: path)
    guard !files.isEmpty else { throw .noFrames(path: path) }
    let hasManifest = FileManager.default.fileExists(atPath: path + "/" + FrameManifest.fileName)
    manifest = hasManifest ? try Self.manifest(of: path) : nil
    entries = Dictionary((manifest?.frames ?? []).map { ($0.file, $0) }) { first, _ in first }
  }

  /// A folder's manifest, with the frames that a killed dump had no time to note in it.
  static func manifest(of folder: String) throws(FilmError) -> FrameManifest {
    var manifest = try FrameManifest(folder: folder)
    let known = Set(manifest.frames.map(\.file))
    let unknown = try pictures(in: folder).filter { !known.contains($0) }
    let found = unknown.compactMap { file in
      (try? PNG.read(folder + "/" + file)).flatMap { FrameEntry($0.text, file: file) }
    }
    guard !found.isEmpty else { return manifest }
    manifest.frames = (manifest.frames + found).sorted { $0.index < $1.index }
    return manifest
  }

  /// The picture of that number, checked against the manifest's size.
  public func picture(_ number: Int) throws(FilmError) -> Picture {
    let file = path + "/" + files[number]
    let picture = try PNG.read(file)
    if let manifest, picture.width != manifest.width || picture.height != manifest.height {
      throw .frameSize(
        path: file, expected: "\(manifest.width)x\(manifest.height)", found: picture.size)
    }
    return picture
  }

  /// The names of the files that aren't as they were drawn.
  public func edited() throws(FilmError) -> [String] {
    var result: [String] = []
    for (number, file) in files.enumerated() {
      guard let entry = entries[file], try fingerprint(of: picture(number).pixels) == entry.hash
      else {
        result.append(file)
        continue
      }
    }
    return result
  }

  /// The tracks for a film of what is there, at the rate at which it was drawn.
  public var tracks: FilmTracks { tracks(at: manifest?.fps ?? FrameRate(24)) }

  /// The tracks for a film of what is there: where frames were deleted or added, or are shown at
  /// another rate, subtitles and chapters move with the frames that they belong to. Sound can't be
  /// made faster or slower: at another rate it is left out.
  public func tracks(at fps: FrameRate) -> FilmTracks {
    guard let manifest else { return FilmTracks() }
    let timeline = Timeline(drawn: manifest.fps, shown: fps, origins: origins)
    var tracks = FilmTracks(
      title: manifest.title, language: manifest.language, metadata: manifest.metadata)
    tracks.subtitles = manifest.subtitles.map { subtitle in
      let start = timeline.time(subtitle.start)
      return Subtitle(
        text: subtitle.text, start: start, duration: timeline.time(subtitle.end) - start)
    }
    tracks.chapters = manifest.chapters.map {
      Chapter(title: $0.title, start: timeline.time($0.start), end: timeline.time($0.end))
    }
    if let audio = manifest.audio, keepsTime(at: fps) {
      tracks.audio = sound(audio.hasPrefix("/") ? audio : path + "/" + audio)
    }
    return tracks
  }

  /// Whether frames last at that rate as long as they were drawn for.
  public func keepsTime(at fps: FrameRate) -> Bool {
    manifest.map { $0.fps.value == fps.value } ?? true
  }

  /// Whether a film of these options would lose the sound that the frames were drawn with.
  public func losesSound(_ options: FilmOptions) -> Bool {
    manifest?.audio != nil && options.container.holdsTracks && !keepsTime(at: options.fps)
  }

  /// Sound of the film as it was drawn, cut as its frames are now: with a deleted frame its sound
  /// goes, and an added one is silent.
  public func sound(_ file: String) -> Audio {
    guard let manifest else { return .file(file) }
    // Runs of frames that follow one another as they did, or of added ones.
    var runs: [(start: Int?, count: Int)] = []
    var last = -1
    for origin in origins {
      let start = origin == last ? nil : origin
      let goesOn = start == nil ? runs.last?.start == nil : origin == last + 1
      if goesOn, let run = runs.last, (run.start == nil) == (start == nil) {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((start, 1))
      }
      last = origin
    }
    guard runs.count > 1 || runs.first?.start != 0 else { return .file(file) }
    return .clips(
      file,
      runs.map { start, count in
        SoundClip(start: start.map(manifest.fps.seconds), duration: manifest.fps.seconds(count))
      })
  }

  /// Options for a film of these frames, of the size that the manifest or else the first picture
  /// has; `fps` goes before the manifest's.
  public func options(path output: String, fps: FrameRate? = nil) throws(FilmError) -> FilmOptions {
    let rate = fps ?? manifest?.fps ?? FrameRate(24)
    if let manifest {
      return FilmOptions(path: output, width: manifest.width, height: manifest.height, fps: rate)
    }
    let first = try picture(0)
    return FilmOptions(path: output, width: first.width, height: first.height, fps: rate)
  }

  /// Encodes what is there. `progress` hears how many frames are done.
  public func film(
    to output: String, options: FilmOptions, tracks: FilmTracks? = nil,
    progress: (Int) -> Void = { _ in }
  ) throws(FilmError) -> FilmSummary {
    let writer = try FilmWriter(
      path: output, options: options, tracks: tracks ?? self.tracks(at: options.fps))
    do throws(FilmError) {
      for (number, file) in files.enumerated() {
        let picture = try picture(number)
        guard picture.width == options.width, picture.height == options.height else {
          throw .frameSize(
            path: path + "/" + file, expected: "\(options.width)x\(options.height)",
            found: picture.size)
        }
        try writer.append(picture.rgb)
        progress(number + 1)
      }
    } catch {
      writer.abandon()
      throw error
    }
    return try writer.finish()
  }

  /// Where each picture was in the film as it was drawn; an added one goes with the one before.
  private var origins: [Int] {
    var last = -1
    return files.map { file in
      last = entries[file]?.index ?? FrameManifest.index(file: file) ?? last
      return last
    }
  }

  static func pictures(in folder: String) throws(FilmError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.lowercased().hasSuffix(".png") && !$0.hasPrefix(".") }.sorted()
    } catch {
      throw .unreadable(path: folder, reason: "no such folder, or no right to look into it")
    }
  }
}
