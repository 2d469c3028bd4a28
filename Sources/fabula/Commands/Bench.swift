import ArgumentParser
import Film
import Foundation
import Travel
import Turbo

/// `fabula bench`: how fast this machine draws.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how fast this machine draws.",
    discussion: """
      Every frame is a picture of its own, on the way between two prompts; nothing is held, found \
      or looked ahead at. Times are medians, with the 95th percentile.
      """)

  @Option(help: "How many frames are drawn.")
  var frames = 48

  @OptionGroup(title: "Model") var model: ModelOptions

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard (1...100_000).contains(frames) else {
      throw ValidationError("--frames goes from 1 to 100000")
    }
  }

  func run() throws {
    let clock = Stopwatch()
    let engine = try model.engine()
    let load = clock.seconds
    let prompts = ["a fox in the forest in the evening", "a boat on the sea at night"]
    let encode = try Spread(
      (0..<8).map { i in
        try Stopwatch.measure { _ = try engine.encode(prompts[i % 2]) }
      })
    let plan = try plan()
    let painter = Painter(engine: engine, prompts: prompts, blend: .slerp)
    // The first pictures find memory and caches cold.
    for k in 0..<2 { _ = try painter.draw(plan.frame(k + 1).picture) }
    let draw = try Spread(
      (0..<frames).map { k in
        try Stopwatch.measure { _ = try painter.draw(plan.frame(k + 1).picture) }
      })
    let film = try film(plan, painter)
    try StandardOutput.write(
      Result(
        model: model.name, size: "\(engine.size)", steps: model.steps, load: load, encode: encode,
        draw: draw, drawRate: 1 / draw.median, film: film, filmRate: Double(frames) / film,
        memory: peakMemory
      ).text(json: json))
  }

  /// One long travel, of which the frames are the inside.
  private func plan() throws -> FramePlan {
    let length = (frames + 3) * 1_000_000 / 24
    return try FramePlan(
      stops: [Stop(start: 0, duration: length), Stop(start: length, duration: length)],
      rate: .cinema, options: TravelOptions(share: 1, easing: .linear))
  }

  /// Seconds for the same frames from drawing to the finished file.
  private func film(_ plan: FramePlan, _ painter: Painter) throws -> Double {
    let folder = FileManager.default.temporaryDirectory
    let path = folder.appendingPathComponent("fabula-bench-\(getpid()).mp4").path
    defer { unlink(path) }
    let size = painter.engine.size
    let clock = Stopwatch()
    let writer = try FilmWriter(
      path: path, options: FilmOptions(path: path, width: size.width, height: size.height))
    for k in 0..<frames { try writer.append(painter.draw(plan.frame(k + 1).picture).rgb) }
    _ = try writer.finish()
    return clock.seconds
  }

  private struct Result: JSONReport {
    var model: String
    var size: String
    var steps: Int
    var load: Double
    var encode: Spread
    var draw: Spread
    var drawRate: Double
    var film: Double
    var filmRate: Double
    var memory: Double

    func text(json: Bool) throws -> String {
      guard !json else { return try self.json() }
      return """
        \(model), \(size), \(steps) \(steps == 1 ? "step" : "steps")
          load    \(load.milliseconds)
          encode  \(encode.text) a sentence
          draw    \(draw.text) a frame, \(drawRate.short) frames a second
          film    \(filmRate.short) frames a second, from drawing to the finished file
          memory  \(memory.short) MiB at most

        """
    }
  }
}
