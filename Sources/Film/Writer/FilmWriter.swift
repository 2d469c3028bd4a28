import CFFmpeg
import Foundation

/// Writes a film from RGB frames, on a thread of its own.
///
/// While frames come, they go to `<path>.part`, which plays even after the process was killed: it
/// is there as soon as it holds a picture.
/// `finish` makes the film from it; under the final name there is never half a film.
public final class FilmWriter: Sendable {
  private let path: String
  private let part: String
  private let options: FilmOptions
  private let tracks: FilmTracks
  private let queue: FrameQueue<[UInt8]>
  private let counter: FrameCounter

  /// Creates the file, so that an impossible output fails before the first frame is drawn.
  public init(path: String, options: FilmOptions, tracks: FilmTracks = FilmTracks())
    throws(FilmError)
  {
    try options.validate()
    try Self.checkTarget(path)
    self.path = path
    self.part = path + ".part"
    self.options = options
    var tracks = tracks
    if !options.container.holdsTracks { tracks.audio = nil }
    self.tracks = tracks
    let queue = FrameQueue<[UInt8]>(capacity: options.queue)
    let counter = FrameCounter()
    self.queue = queue
    self.counter = counter
    // Made here for its errors, from then on used by the encoder's thread alone.
    nonisolated(unsafe) let file = try PartFile(
      path: part, for: path, options: options.working, tracks: tracks)
    let thread = Thread {
      do throws(FilmError) {
        while let frame = queue.pop() {
          try file.append(frame)
          counter.set(file.frames)
        }
        try file.close()
        queue.done(nil)
      } catch {
        queue.done(error)
      }
    }
    thread.name = "film"
    thread.start()
  }

  deinit { _ = queue.close(dropping: true) }

  /// Adds the next frame: interleaved RGB, one byte each. Waits only when the encoder is several
  /// frames behind; throws what the encoder met since the last call.
  public func append(_ rgb: [UInt8]) throws(FilmError) {
    guard rgb.count == options.frameBytes else {
      throw .frameSize(
        path: path, expected: "\(options.width)x\(options.height), \(options.frameBytes) bytes",
        found: "\(rgb.count) bytes")
    }
    try queue.push(rgb, path: path)
  }

  /// Ends the film after the frames so far and puts it under its name. A cover and subtitles that
  /// are given here, where they are only known now, go before those of the tracks.
  public func finish(
    cover: Picture? = nil, subtitles: [Subtitle]? = nil
  ) throws(FilmError) -> FilmSummary {
    guard queue.close(dropping: false) else { throw .closed(path: path) }
    try queue.join()
    let frames = counter.value
    guard frames > 0 else {
      unlink(PartFile.beginning(of: part))
      throw .noFrames(path: path)
    }
    let temporary = path + ".tmp"
    do throws(FilmError) {
      var tracks = tracks
      tracks.cover = cover ?? tracks.cover
      tracks.subtitles = subtitles ?? tracks.subtitles
      try make(temporary, frames: frames, tracks)
      try settle(temporary, as: path)
    } catch {
      unlink(temporary)
      throw error
    }
    unlink(part)
    return FilmSummary(
      path: path, frames: frames, duration: options.fps.seconds(frames), bytes: fileSize(path))
  }

  /// Gives the film up. The part file goes too, unless `keepingPart`; then it has all frames that
  /// could be written, and its path is returned where there are any.
  @discardableResult
  public func abandon(keepingPart: Bool = false) -> String? {
    _ = queue.close(dropping: !keepingPart)
    try? queue.join()
    unlink(PartFile.beginning(of: part))
    if !keepingPart { unlink(part) }
    return counter.value > 0 && access(part, F_OK) == 0 ? part : nil
  }

  private func make(_ temporary: String, frames: Int, _ tracks: FilmTracks) throws(FilmError) {
    if options.container.holdsTracks {
      let film = FinishedFile(options: options, tracks: tracks, frames: frames)
      try film.write(from: part, to: temporary, for: path)
    } else {
      try Animation(options: options).write(from: part, to: temporary, for: path)
    }
  }

  private static func checkTarget(_ path: String) throws(FilmError) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw .unwritable(path: path, reason: "it is a folder")
    }
    let end = URL(fileURLWithPath: path).pathExtension
    guard end.isEmpty || Container(path: path) != nil else {
      let known = Container.allCases.map { ".\($0.rawValue)" }.joined(separator: ", ")
      throw .options("\(path): .\(end) isn't a kind of film this program makes: choose \(known)")
    }
  }
}
