import ArgumentParser
import Film
import Live

/// `fabula render`: a story becomes a film.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draws the film of a story.",
    discussion: """
      Ctrl-C ends the film early: what has been drawn is finished as a film that plays. The second \
      Ctrl-C ends at once.
      """)

  @Argument(help: "The story's file, or - for standard input.")
  var story: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The film's file (.mp4, .mov, .mkv, .gif, .webp); by default, named after the story.",
      valueName: "file"))
  var output: String?

  @Flag(help: "Show the timeline and what the film would take, without making it.")
  var plan = false

  @Option(
    help: ArgumentHelp(
      "Be done in about this time, as in 90s or 10m: what there is no time to draw is cross-faded.",
      valueName: "time"))
  var budget: Budget?

  @Option(
    help: ArgumentHelp(
      "Only draw one part of the film's pictures, as in 2/8, into the store.",
      discussion: "When all parts are drawn, by several machines perhaps that share a --cache-dir, "
        + "the render without --shard finds them there.", valueName: "part"))
  var shard: Shard?

  @OptionGroup var shoot: ShootOptions
  @OptionGroup(title: "Film") var encoding: EncodingOptions
  @OptionGroup(title: "Beside the film") var byproducts: ByproductOptions
  @OptionGroup var reporting: Reporting

  func validate() throws {
    guard shoot.motion.feedback != nil else { return }
    if shard != nil {
      throw ValidationError(
        "--shard and --feedback exclude each other: no part can be drawn before the one before it")
    }
    if budget != nil {
      throw ValidationError(
        "--budget and --feedback exclude each other: a frame left out would change all that follow")
    }
  }

  func run() throws {
    let file = try StoryFile(path: story)
    if Journal.isJournal(file.bytes) {
      let film = JournalFilm(file: file, shoot: shoot, encoding: encoding, reporting: reporting)
      try film.refuse([
        "--plan": plan, "--shard": shard != nil, "--budget": budget != nil,
        "--report": byproducts.report != nil, "--otio": byproducts.timeline.otio != nil,
      ])
      return try film.make(output: output)
    }
    let settings = try shoot.settings(of: file)
    var progress = reporting.progress
    if plan {
      let soundtrack = try shoot.soundtrack(of: file, &progress)
      let studio = try shoot.studio(for: file, settings, soundtrack)
      return try StandardOutput.write(RenderPlan(studio: studio).text())
    }
    if let shard { return try draw(shard, of: file, settings) }
    try checkDefaultOutput(file.stem + ".mp4")
    let target = try OutputFile(
      path: output ?? file.stem + ".mp4", kind: .film, inputs: [file.path, shoot.sound.audio],
      force: reporting.force)

    try byproducts.check(inputs: [file.path, target.path], force: reporting.force)

    let soundtrack = try shoot.soundtrack(of: file, &progress)
    progress.note("loading \(shoot.model.name)")
    var studio = try shoot.studio(for: file, settings, soundtrack)
    // Looking ahead would take the time that a sketch hasn't got.
    if budget != nil { studio.pacer = nil }
    var tracks = studio.production.tracks(title: file.stem, metadata: studio.metadata)
    tracks.audio = soundtrack.audio
    let writer = try FilmWriter(
      path: target.path,
      options: encoding.options(
        path: target.path, width: studio.size.width, height: studio.size.height,
        rate: settings.rate.film),
      tracks: tracks)
    try shootFilm(studio, writer)
  }

  /// Without -o, only a film of Fabula's own is replaced: nobody named the file.
  private func checkDefaultOutput(_ path: String) throws {
    guard output == nil, !reporting.force, let film = try? FilmReader(path: path).info else {
      return
    }
    let isOwn = film.metadata.contains { key, value in
      ["comment", "encoder"].contains(key.lowercased()) && value.hasPrefix("fabula ")
    }
    guard isOwn else {
      throw Failure("\(path): exists and is not Fabula's: give another name with -o, or --force")
    }
  }

  private func draw(_ shard: Shard, of file: StoryFile, _ settings: FilmSettings) throws {
    guard shoot.caching.cache else {
      throw Failure("--shard needs the store: leave --no-cache out")
    }
    var progress = reporting.progress
    let soundtrack = try shoot.soundtrack(of: file, &progress)
    let studio = try shoot.studio(for: file, settings, soundtrack)
    let frames = shard.frames(of: studio.production.plan.frameCount)
    let interruption = Interruption()
    _ = try studio.draw(frames, &progress, interruption) { _, _ in }
    progress.clear()
    if interruption.isRequested { throw ExitCode(130) }
    if let problem = studio.cache?.problem { throw Failure(problem) }
    try reporting.summarize(
      "part \(shard): \(frames.count) frames, \(studio.painter.drawn) pictures drawn, "
        + "\(studio.painter.found) found drawn")
  }

  private func shootFilm(_ studio: Studio, _ writer: FilmWriter) throws {
    let interruption = Interruption()
    var progress = reporting.progress
    let sketcher = budget.map {
      Sketcher(painter: studio.painter, plan: studio.production.plan, seconds: $0.seconds)
    }
    var watch = byproducts.report == nil ? nil : QualityWatch(studio)
    do {
      let frames = try studio.draw(
        0..<studio.production.plan.frameCount, &progress, interruption
      ) { frame in
        let rgb = try sketcher?.paint(frame) ?? studio.paint(frame)
        try writer.append(rgb)
        try watch?.add(frame, rgb)
      }
      progress.clear()
      guard frames > 0 else { throw Failure("stopped before the first frame") }
      let summary = try writer.finish()
      if let problem = studio.cache?.problem { progress.say("fabula: \(problem)") }
      try write(watch, studio, film: summary.path, seconds: progress.elapsed)
      try reporting.summarize(text(summary, studio, seconds: progress.elapsed))
    } catch {
      progress.clear()
      // What was drawn may be hours of work, and is a film that plays.
      if let part = writer.abandon(keepingPart: true) {
        progress.say("fabula: \(part) holds what has been drawn, and plays")
      }
      if interruption.isRequested { throw ExitCode(130) }
      throw error
    }
    if interruption.isRequested { throw ExitCode(130) }
  }

  private func write(
    _ watch: QualityWatch?, _ studio: Studio, film: String, seconds: Double
  ) throws {
    let story = studio.production.story
    if let report = byproducts.report, let watch {
      let page = try watch.page(
        title: story.title ?? film, language: story.language, pacer: studio.pacer,
        seconds: seconds)
      try TextFile.write(page, to: report)
    }
    try byproducts.timeline.write(studio, media: .film(film), audio: shoot.sound.audio)
  }

  private func text(_ film: FilmSummary, _ studio: Studio, seconds: Double) -> String {
    let rate = (Double(film.frames) / film.duration).short
    let found = studio.painter.found > 0 ? ", \(studio.painter.found) found drawn" : ""
    let planned = studio.production.plan
    let whole =
      film.frames < planned.frameCount ? " of \(clock(Double(planned.duration) / 1e6))" : ""
    return "\(film.path): \(clock(film.duration))\(whole), \(film.frames) frames at \(rate) fps, "
      + "\(studio.size), \(studio.painter.drawn) pictures drawn\(found), made in \(clock(seconds)) "
      + "(\((Double(film.frames) / seconds).short) frames a second)"
  }
}
