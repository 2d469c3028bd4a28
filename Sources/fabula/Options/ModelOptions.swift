import ArgumentParser
import Foundation
import Pocket
import Turbo

/// Which model draws, and how.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A model folder in diffusers layout (SDXL Turbo's, for example).",
      discussion: "Without it, the small model inside the program draws.", valueName: "dir"))
  var model: String?

  @Option(help: ArgumentHelp("The picture's size in pixels.", valueName: "WxH"))
  var size: PictureSize?

  @Option(help: "Steps a picture, 1 to 4.")
  var steps = 1

  @Option(
    help: "The type of products; by default what suits the device and the model.")
  var precision: Precision?

  @Option(
    help: ArgumentHelp(
      "What draws: cpu, cuda (a GPU), cuda:1 (the second), or auto, a GPU where there is one.",
      discussion: """
        The CUDA backend has not run on a real GPU yet; `swift run parity pocket` \
        compares it with the processor.
        """,
      valueName: "device"))
  var device = Device.cpu

  @Option(help: "Threads that draw; by default, one a processor core.")
  var threads: Int?

  func validate() throws {
    if let problem = size?.problem { throw ValidationError(problem) }
    guard (1...4).contains(steps) else {
      throw ValidationError("\(steps) steps are impossible: give 1 to 4")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("\(threads) threads are impossible: give 1 to 1024")
    }
  }

  /// Loads the model for pictures of `size`, or of `fallback` where no size was given.
  func engine(fallback: PictureSize? = nil) throws -> Engine {
    let options = Engine.Options(
      size: size ?? fallback, steps: steps, precision: precision, threads: threads,
      device: device)
    do {
      return try Engine(files: files, options: options)
    } catch let error as BackendError {
      throw Failure("\(error)\(error.advice)")
    }
  }

  /// Pixels a latent of the model, each side.
  func pictureScale() throws -> Int { try Engine.pictureScale(files) }

  private var files: ModelFiles {
    get throws { try model.map { try ModelFiles(directory: $0) } ?? Pocket.files }
  }

  /// What films call it: a folder's name without the path, which is nobody's business.
  var title: String {
    model.map { URL(fileURLWithPath: $0).standardizedFileURL.lastPathComponent } ?? name
  }

  /// What the model's files hold, as a name.
  var digest: ModelDigest {
    model.map(ModelDigest.init(directory:)) ?? ModelDigest(embedded: Pocket.contents)
  }

  /// What messages call the model.
  var name: String { model ?? "Pocket" }
}

extension BackendError {
  /// Which options may help.
  fileprivate var advice: String {
    switch self {
    case .outOfMemory, .outOfDeviceMemory: " (--size)"
    case .noDevice(_, 0): "; leave out --device, or choose cpu"
    case .precision: "; leave out --precision"
    default: ""
    }
  }
}

extension Precision: ExpressibleByArgument {}

extension Device: ExpressibleByArgument {
  /// Reads `auto`, `cpu`, `cuda` or `cuda:1`.
  public init?(argument: String) { self.init(argument) }
  /// What help shows.
  public var defaultValueDescription: String { description }
}
