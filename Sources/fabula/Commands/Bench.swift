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

  @Flag(help: "Show which operations the time of one picture goes to.")
  var profile = false

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
    if profile { return try writeProfile(engine, prompts[0]) }
    let painter = Painter(engine: engine, prompts: prompts, blend: .slerp)
    // The first pictures find memory and caches cold.
    for k in 0..<2 { _ = try painter.draw(plan.frame(k + 1).picture) }
    let draw = try Spread(
      (0..<frames).map { k in
        try Stopwatch.measure { _ = try painter.draw(plan.frame(k + 1).picture) }
      })
    let film = try film(plan, painter)
    let (encoding, share) = try encoding(plan, painter)
    try StandardOutput.write(
      Result(
        model: model.name, size: "\(engine.size)", steps: model.steps, load: load, encode: encode,
        draw: draw, drawRate: 1 / draw.median, film: film,
        filmRate: Double(frames) / film, encoding: encoding,
        encodingShare: share, memory: peakMemory
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
    let clock = Stopwatch()
    try write(painter.engine.size) { writer in
      for k in 0..<frames { try writer.append(painter.draw(plan.frame(k + 1).picture).rgb) }
    }
    return clock.seconds
  }

  /// Seconds a frame for conversion and encoding, of the processor's time, and their share of it
  /// all: the clock would not tell, because they happen while the next frame is drawn.
  private func encoding(
    _ plan: FramePlan, _ painter: Painter
  ) throws -> (seconds: Double, share: Double) {
    let start = processorSeconds
    let pictures = try (0..<min(frames, 48)).map {
      try painter.draw(plan.frame($0 + 1).picture).rgb
    }
    let drawn = processorSeconds
    try write(painter.engine.size) { writer in
      for rgb in pictures { try writer.append(rgb) }
    }
    let written = processorSeconds
    return (
      (written - drawn) / Double(pictures.count), (written - drawn) / (written - start)
    )
  }

  /// Writes a film that nobody wants to see.
  private func write(_ size: PictureSize, _ frames: (FilmWriter) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
    let path = folder.appendingPathComponent("fabula-bench-\(getpid()).mp4").path
    defer { unlink(path) }
    let writer = try FilmWriter(
      path: path, options: FilmOptions(path: path, width: size.width, height: size.height))
    try frames(writer)
    _ = try writer.finish()
  }

  private func writeProfile(_ engine: Engine, _ prompt: String) throws {
    let noise = normalNoise(NoiseSource(seed: 0), shape: engine.latentShape)
    for program in try engine.profile(engine.encode(prompt), noise: noise) {
      let total = program.operations.reduce(0) { $0 + $1.seconds }
      var text = "\(program.program)  \(total.milliseconds)\n"
      for (name, seconds) in program.operations {
        text += "  \(seconds.milliseconds)  \((seconds / total * 100).short) %  \(name)\n"
      }
      try StandardOutput.write(text)
    }
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
    var encoding: Double
    var encodingShare: Double
    var memory: Double

    func text(json: Bool) throws -> String {
      guard !json else { return try self.json() }
      return """
        \(model), \(size), \(steps) \(steps == 1 ? "step" : "steps")
          load    \(load.milliseconds)
          encode  \(encode.text) a sentence
          draw    \(draw.text) a frame, \(drawRate.short) frames a second
          film    \(filmRate.short) frames a second, from drawing to the finished file
          write   \(encoding.milliseconds) of processor time a frame, \((encodingShare * 100).short) % \
        of drawing and writing
          memory  \(memory.short) MiB at most

        """
    }
  }
}
