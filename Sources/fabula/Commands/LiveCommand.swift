import ArgumentParser
import Foundation
import Live
import Travel
import Turbo

/// `fabula live`: the picture follows the text while it is written.
struct LiveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "live",
    abstract: "Shows pictures of a text while it is written.",
    discussion: """
      At a terminal every key counts, Enter begins a new line, Ctrl-D ends. From a pipe, sentences \
      are told as they come. Ctrl-C ends the show; what is kept is finished.

        fabula live --open                 write in a browser
        fabula live                        write in the terminal
        tail -f story.txt | fabula live    tell what comes, in a browser
        fabula live -o - | ffplay -        video for a player or a mixer, as --video says
      """)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Keep all that is shown as a film; - writes video to standard output.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "What -o - writes: y4m, every pixel as it is, or mp4, H.264 in a fragmented MP4.",
      valueName: "kind"))
  var video: VideoPipe.Kind?

  @Option(
    help: ArgumentHelp(
      "Keep the keys and their times; fabula render draws them again.", valueName: "file"))
  var journal: String?

  @Option(help: "Pictures a second at most.")
  var fps: Travel.FrameRate = .cinema

  @Option(help: "How fast the show is; 1 is a narrator's pace.")
  var pace = 1.0

  @Option(help: "The number that all randomness comes from.")
  var seed: UInt64 = 0

  @Option(help: "How fast the noise of a resting picture turns, in radians a second.")
  var drift = 0.12

  @Option(
    help: ArgumentHelp(
      "How far sentences may fall behind before some are skipped.", valueName: "seconds"))
  var lag = 8.0

  @Option(help: ArgumentHelp("The text's language, as in en or pt-BR.", valueName: "code"))
  var language: String?

  @Option(help: ArgumentHelp("Words added to every prompt.", valueName: "text"))
  var style: String?

  @Option(
    help: ArgumentHelp(
      "How a terminal shows pictures: blocks, sixel or kitty; by default, what it says it can.",
      valueName: "kind"))
  var graphics: TerminalPicture?

  @OptionGroup(title: "Page") var page: PageOptions
  @OptionGroup(title: "Model") var model: ModelOptions
  @OptionGroup var reporting: Reporting

  func validate() throws {
    guard ShowSettings.paces.contains(pace), ShowSettings.drifts.contains(drift) else {
      throw ValidationError("--pace goes from 0.25 to 4, --drift from 0 to 1")
    }
    guard ShowSettings.seeds.contains(seed) else {
      throw ValidationError("--seed goes from 0 to \(ShowSettings.seeds.upperBound)")
    }
    guard video == nil || output == "-" else {
      throw ValidationError("--video says what goes to standard output: give -o - as well")
    }
    guard lag >= 0 else { throw ValidationError("--lag can't be negative") }
    guard output != "-" || isatty(1) == 0 else {
      throw ValidationError(
        "-o - writes video, which a terminal can't show: give a file's name, or a program that "
          + "reads it, as in fabula live -o - | ffplay -")
    }
  }

  func run() throws {
    let film = try output.flatMap { $0 == "-" ? nil : $0 }.map {
      try OutputFile(path: $0, kind: .film, force: reporting.force).path
    }
    let news = LiveNews()
    let journalFile = try journal.map { path in
      try JournalFile(
        path: OutputFile(path: path, kind: .text, inputs: [film], force: reporting.force).path,
        failed: { news.complain($0, about: .journal) })
    }
    var progress = reporting.progress
    progress.note("loading \(model.name)")
    let engine = try model.engine()
    progress.clear()
    let settings = ShowSettings(pace: pace, seed: seed, drift: drift)
    let performance = Performance(settings: settings, rate: fps.framesPerSecond, lag: lag)
    if let journalFile {
      journalFile.note(.set(settings), 0)
      performance.add { journalFile.note($0, $1) }
    }
    let recording = LiveRecording(
      width: engine.size.width, height: engine.size.height, rate: fps, metadata: metadata,
      news: news)
    if let film { try recording.keepAll(path: film) }
    try show(performance, recording, news, engine)
    try finish(recording)
  }

  private func show(
    _ performance: Performance, _ recording: LiveRecording, _ news: LiveNews, _ engine: Engine
  ) throws {
    let (width, height) = (engine.size.width, engine.size.height)
    var outlets = LiveOutlets()
    let hasScreen = isatty(1) == 1 && !page.isWanted
    if page.isWanted || (!hasScreen && output == nil) {
      let server = try LiveOutlets.server(
        page, performance, recording, news, width: width, height: height)
      announce(server, news)
      outlets.server = server
    }
    // After the browser, which would be deaf to the same signals, and before the terminal, which
    // none of them may leave as it is then.
    let interruption = stop(performance)
    defer { withExtendedLifetime(interruption) {} }
    // Ends with this function, whichever way, and the terminal is as it was.
    let terminal = RawTerminal(descriptor: 0)
    defer { terminal?.restore() }
    var typed: [UInt8] = []
    if hasScreen || (terminal != nil && isatty(1) == 1) {
      let kind: TerminalPicture
      (kind, typed) = pictures(asking: terminal != nil)
      let screen = TerminalScreen(descriptor: 1, kind: kind, width: width, height: height)
      news.appear(on: screen)
      outlets.screen = screen
    }
    if output == "-" {
      outlets.pipe = try VideoPipe(video ?? .y4m, width: width, height: height, rate: fps) {
        performance.stop()
      }
    }
    outlets.connect(to: performance, recording)
    // The engine is used on this thread alone, as the show's crew.
    let reader = LiveReader(language: language, style: style)
    let input = LiveInput(
      performance, reader: reader, language: language, screen: outlets.screen,
      endsEmpty: outlets.server == nil)
    let hasKeys = terminal != nil
    if !typed.isEmpty { input.takeKeys(.bytes(typed)) }
    let source = InputReader(descriptor: 0) {
      hasKeys ? input.takeKeys($0) : input.takeText($0)
    }
    defer { withExtendedLifetime(source) {} }
    defer {
      outlets.close()
      news.appear(on: nil)
    }
    nonisolated(unsafe) let counter = engine
    let drawing = LiveReader(language: language, style: style) { counter.tokenCount($0) }
    try performance.run(LiveCrew(engine: engine, reader: drawing).crew)
  }

  private func announce(_ server: Server, _ news: LiveNews) {
    let url = server.url
    if !reporting.quiet || url.contains("token=") { news.say("The page is \(url)") }
    guard page.open else { return }
    openBrowser(url) { news.say("fabula: no browser could be opened: open \(url) yourself") }
  }

  /// How the terminal shows pictures, and what was typed while it was asked.
  private func pictures(asking: Bool) -> (TerminalPicture, typed: [UInt8]) {
    let environment = ProcessInfo.processInfo.environment
    if let graphics { return (graphics, []) }
    guard asking, environment["TERM"] != "dumb" else {
      return (TerminalPicture(environment: environment), [])
    }
    let (kind, typed) = TerminalQuestion.ask(input: 0, output: 1)
    return (kind ?? TerminalPicture(environment: environment), typed)
  }

  /// Lets Ctrl-C end the show.
  private func stop(_ performance: Performance) -> Interruption {
    let interruption = Interruption { RawTerminal.abandon() }
    Thread.detachNewThread { [weak interruption] in
      while let watched = interruption, !watched.isRequested { usleep(50_000) }
      performance.stop()
    }
    return interruption
  }

  private func finish(_ recording: LiveRecording) throws {
    guard let film = try recording.end() else {
      if output != nil, output != "-" { throw Failure("nothing was shown, so nothing is kept") }
      return
    }
    let text = "\(film.path): \(clock(film.duration)), \(film.frames) frames\n"
    if output == "-" {
      StandardError.write(text)
    } else if !reporting.quiet {
      try StandardOutput.write(text)
    }
  }

  private var metadata: [String: String] {
    [
      "encoder": Fabula.version,
      "comment": "\(Fabula.version) live, model \(model.name), seed \(seed), \(model.steps) steps, "
        + "drift \(drift), pace \(pace)",
    ]
  }
}

extension TerminalPicture: ExpressibleByArgument {}
