import Story
import Travel
import Turbo

/// What the film is to be: the command line goes before the story's front matter.
struct FilmSettings {
  /// Frames a second.
  let rate: Travel.FrameRate
  /// The picture's size where somebody asked for one.
  let size: PictureSize?
  /// The seed of the noise.
  let seed: UInt64
  /// Seeds of single scenes and beats; none where the command line gives the film's.
  let seeds: [SeedScope: UInt64]

  init(
    _ settings: Settings, fps: Travel.FrameRate?, size: PictureSize?, seed: UInt64?
  ) throws(Failure) {
    if let fps { rate = fps } else { rate = try Self.rate(settings.fps) }
    self.size = size ?? settings.size.map { PictureSize(width: $0.width, height: $0.height) }
    if let problem = self.size?.problem { throw Failure(problem) }
    self.seed = seed ?? settings.seed ?? 0
    seeds = seed == nil ? settings.seeds : [:]
  }

  private static func rate(_ fps: Double?) throws(Failure) -> Travel.FrameRate {
    guard let fps else { return .cinema }
    let text = fps == fps.rounded() ? String(Int(fps)) : String(fps)
    guard let rate = Travel.FrameRate(text) else {
      throw Failure("the story asks for \(fps) frames a second: give 1 to 240")
    }
    return rate
  }
}
