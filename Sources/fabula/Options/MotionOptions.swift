import ArgumentParser
import Travel

/// How the film moves.
struct MotionOptions: ParsableArguments {
  /// What happens where the scene changes.
  enum SceneChange: String, CaseIterable, ExpressibleByArgument {
    case cut, dissolve, travel
  }

  /// What a beat's noise depends on.
  enum NoiseScope: String, CaseIterable, ExpressibleByArgument {
    case film, scene, beat
  }

  @Option(
    help: ArgumentHelp(
      "The share of a sentence's time on the way to its neighbours, 0 to 1.",
      valueName: "share"))
  var travel = 0.65

  @Option(help: "How speed is spread over a travel.")
  var easing = Easing.soft

  @Option(help: "How embeddings are blended.")
  var blend = BlendKind.slerp

  @Option(help: "What happens where the scene changes.")
  var scenes = SceneChange.cut

  @Option(help: ArgumentHelp("How long a dissolve takes.", valueName: "seconds"))
  var dissolve = 1.0

  @Flag(
    inversion: .prefixedNo,
    help: "Look ahead along each travel and time it so that the picture changes evenly.")
  var even = true

  @Flag(help: "End on the way back to the first picture.")
  var loop = false

  @Option(help: "What the noise depends on.")
  var noise = NoiseScope.scene

  @Option(
    help: ArgumentHelp(
      "How far a beat's noise is from its scene's, in radians.",
      valueName: "angle"))
  var spread = 0.3

  @Option(help: ArgumentHelp("How fast the noise turns, in radians a second.", valueName: "speed"))
  var drift = 0.0

  @Option(
    help: ArgumentHelp(
      "Move the camera over the noise: widths to the right and heights down a second, as in "
        + "0.05,0.", valueName: "x,y"))
  var pan: Pan?

  @Option(
    help: ArgumentHelp(
      "How many times larger everything gets in a second, as in 1.05.", valueName: "factor"))
  var zoom = 1.0

  @Option(
    help: ArgumentHelp(
      "Draw every frame over the one before, and how much of it anew, as in 0.5.",
      discussion: "Frames then depend on all frames before them up to the last cut, so that a film "
        + "takes longer to edit, and can't be drawn in parts.", valueName: "strength"))
  var feedback: Double?

  func validate() throws {
    guard (0...1).contains(travel) else {
      throw ValidationError("a travel share of \(travel) is impossible: give 0 to 1")
    }
    guard dissolve > 0, dissolve <= 60 else {
      throw ValidationError("a dissolve of \(dissolve) seconds is impossible: give up to 60")
    }
    guard spread >= 0, spread <= .pi / 2, drift.magnitude <= 100 else {
      throw ValidationError("--spread goes from 0 to 1.57, --drift from 0 to 100")
    }
    guard (0.5...2).contains(zoom) else {
      throw ValidationError("a zoom by \(zoom) a second is impossible: give 0.5 to 2")
    }
    guard let feedback else { return }
    guard feedback > 0, feedback < 1 else {
      throw ValidationError(
        "a feedback of \(feedback) is impossible: give more than 0, less than 1")
    }
    if loop {
      throw ValidationError(
        "--loop and --feedback exclude each other: the first frame would need the last")
    }
  }

  /// The plan's options with the film's seed.
  func options(seed: UInt64) -> TravelOptions {
    TravelOptions(
      share: travel, easing: easing, sceneChange: sceneChange, loop: loop,
      noise: NoiseOptions(scope: scope, drift: drift, camera: camera, seed: seed))
  }

  /// The options in one line.
  var description: String {
    "travel \(travel) \(easing)\(even ? " even" : "") \(blend), scenes \(scenes) \(dissolve)"
      + (loop ? ", loop" : "") + ", noise \(noise) \(spread), drift \(drift)"
      + (pan.map { ", pan \($0)" } ?? "") + (zoom == 1 ? "" : ", zoom \(zoom)")
      + (feedback.map { ", feedback \($0)" } ?? "")
  }

  private var camera: Camera { Camera(panX: pan?.x ?? 0, panY: pan?.y ?? 0, zoom: zoom) }

  private var sceneChange: TravelOptions.SceneChange {
    switch scenes {
    case .cut: .cut
    case .dissolve: .dissolve(Int((dissolve * 1_000_000).rounded()))
    case .travel: .travel
    }
  }

  private var scope: NoiseOptions.Scope {
    switch noise {
    case .film: .film
    case .scene: .scene
    case .beat: .stop(spread: spread)
    }
  }
}

extension Easing: ExpressibleByArgument {}
extension BlendKind: ExpressibleByArgument {}
