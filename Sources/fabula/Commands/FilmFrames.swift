import ArgumentParser
import Film
import Foundation
import Travel

/// `fabula film`: a folder of pictures becomes a film.
struct FilmFrames: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "film",
    abstract: "Makes a film of a folder of frames.",
    discussion: """
      The pictures are shown in the order of their names. Subtitles, chapters and sound come from \
      frames.json, where there is one, and move with the frames that were deleted or added.
      """)

  @Argument(help: "The folder with PNG files.")
  var folder: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The film's file; by default, named after the folder.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Frames a second; by default, as frames.json says, or 24.",
      discussion: "At another rate than they were drawn for the frames are shown faster or slower, "
        + "and subtitles and chapters with them."))
  var fps: Travel.FrameRate?

  @Option(
    help: ArgumentHelp(
      "Sound that begins with the first frame, instead of that of frames.json.", valueName: "file"))
  var audio: String?

  @OptionGroup(title: "Film") var encoding: EncodingOptions
  @OptionGroup var reporting: Reporting

  func run() throws {
    let frames = try FrameFolder(path: folder)
    let name = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
    let target = try OutputFile(
      path: output ?? name + ".mp4", kind: .film, inputs: [audio], force: reporting.force)
    let first = try frames.picture(0)
    let options = encoding.options(
      path: target.path, width: first.width, height: first.height,
      rate: fps?.film ?? frames.manifest?.fps ?? Travel.FrameRate.cinema.film)
    if audio == nil, frames.losesSound(options), let drawn = frames.manifest?.fps {
      throw Failure(
        "\(folder): its sound is for \(drawn) frames a second, not \(options.fps): draw the frames "
          + "at the other rate, or give a sound with --audio")
    }
    var tracks = frames.tracks(at: options.fps)
    if let audio {
      // Frames that are faster or slower are no guide to what of a sound went with them.
      tracks.audio = frames.keepsTime(at: options.fps) ? frames.sound(audio) : Audio.file(audio)
    }
    var progress = reporting.progress
    let total = frames.files.count
    let film = try frames.film(to: target.path, options: options, tracks: tracks) { done in
      let elapsed = progress.elapsed
      progress.show(
        ProgressState(
          done: done, total: total, speed: Double(done) / elapsed,
          left: Double(total - done) * elapsed / Double(done), sentence: ""))
    }
    progress.clear()
    try reporting.summarize(
      "\(film.path): \(clock(film.duration)), \(film.frames) frames, \(first.size)")
  }
}
