import ArgumentParser
import Film
import Foundation
import Story
import Travel

/// `fabula storyboard`: a story at a glance, one picture a beat.
struct StoryboardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "storyboard",
    abstract: "Draws one picture a sentence, to look at before a long render.",
    discussion: """
      The pictures are those that the film rests on. With --candidates, each comes in several \
      seeds side by side, called as --choose takes them: it writes the ones you like into the \
      story's front matter, for the whole film, a scene or a sentence.
      """)

  @Argument(help: "The story's file, or - for standard input.")
  var story: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The storyboard's file: .png for one picture, .html for a page; by default, a PNG named "
        + "after the story.", valueName: "file"))
  var output: String?

  @Option(help: "How many seeds of each picture to draw side by side.")
  var candidates = 1

  @Option(
    help: ArgumentHelp(
      "Write the seed of the film, as in 7, or of scenes and their sentences, as in 1=7,2.3=12, "
        + "into the story, and draw nothing.", valueName: "seeds"))
  var choose: SeedChoice?

  @Option(help: "Pictures a row; by default, what looks best.")
  var columns: Int?

  @OptionGroup var shoot: ShootOptions
  @OptionGroup var reporting: Reporting

  func validate() throws {
    guard (1...64).contains(candidates) else {
      throw ValidationError("--candidates goes from 1 to 64")
    }
    if let columns, !(1...64).contains(columns) {
      throw ValidationError("--columns goes from 1 to 64")
    }
    guard output.map({ Self.isPage($0) || $0.lowercased().hasSuffix(".png") }) ?? true else {
      throw ValidationError("a storyboard is a picture or a page: end its name in .png or .html")
    }
  }

  func run() throws {
    let file = try StoryFile(path: story)
    if let choose { return try write(choose, into: file) }
    let settings = try shoot.settings(of: file)
    let target = try OutputFile(
      path: output ?? file.stem + "-storyboard.png", kind: .picture, inputs: [file.path],
      force: reporting.force || output.map(Self.isPage) == true)

    var progress = reporting.progress
    let soundtrack = try shoot.soundtrack(of: file, &progress)
    progress.note("loading \(shoot.model.name)")
    let studio = try shoot.studio(for: file, settings, soundtrack)
    if !Self.isPage(target.path) { try checkSheet(of: studio) }
    let panels = try panels(studio, settings, &progress)
    studio.cache?.finish()
    progress.clear()

    let story = studio.production.story
    let board = Storyboard(
      title: story.title ?? file.stem,
      note: "\(clock(story.duration)), \(story.beats.count) pictures, \(studio.size)",
      language: story.language, panels: panels)
    if Self.isPage(target.path) {
      try TextFile.write(try board.page(), to: target.path)
    } else {
      try PNG.write(try board.sheet(columns: columns), to: target.path)
    }
    try reporting.summarize("\(target.path): \(panels.count) pictures of \(clock(story.duration))")
  }

  /// Refuses what no picture can hold, before anything is drawn for it.
  private func checkSheet(of studio: Studio) throws {
    let panels = studio.production.story.beats.count
    do {
      _ = try SheetGrid(
        panels: panels, candidates: candidates, pictureWidth: studio.size.width,
        pictureHeight: studio.size.height, columns: columns)
    } catch {
      let more = columns == nil ? "" : ", or more --columns"
      throw Failure(
        "\(panels * candidates) pictures don't fit on one sheet: make it a page with "
          + "-o board.html\(more)")
    }
  }

  private func write(_ choice: SeedChoice, into file: StoryFile) throws {
    guard let path = file.path, !path.lowercased().hasSuffix(".srt"),
      !path.lowercased().hasSuffix(".vtt")
    else {
      throw Failure("\(file.label): has no front matter: give the seed to fabula render instead")
    }
    let story = try shoot.reading.story(in: file)
    for scope in choice.parts.keys {
      guard scope.scene <= story.scenes.count else {
        throw Failure("\(path): there is no scene \(scope.scene): it has \(story.scenes.count)")
      }
      let beats = story.scenes[scope.scene - 1].beats.count
      if let beat = scope.beat, beat > beats {
        throw Failure("\(path): there is no sentence \(scope): scene \(scope.scene) has \(beats)")
      }
    }
    let seeds = story.settings.seeds.merging(choice.parts) { $1 }
    let flow = seeds.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    let (key, value) =
      choice.film.map { ("seed", "\($0)") } ?? ("seeds", "{\(flow.joined(separator: ", "))}")
    do {
      let bytes = try FrontMatterEdit.setting(key, to: value, in: file.bytes)
      try TextFile.write(String(decoding: bytes, as: UTF8.self), to: path)
    } catch let error as StoryError {
      throw Failure("\(path): \(error)")
    }
    try reporting.summarize("\(path): \(key): \(value)")
  }

  private func panels(
    _ studio: Studio, _ settings: FilmSettings, _ progress: inout Progress
  ) throws -> [Panel] {
    let story = studio.production.story
    let plans = try (0..<candidates).map { index in
      let seed = settings.seed &+ UInt64(index)
      let production = try Production(
        story: story, rate: settings.rate, options: shoot.motion.options(seed: seed),
        seeds: candidates == 1 ? settings.seeds : [:])
      return (seed, production.plan)
    }
    let total = story.beats.count * candidates
    var panels: [Panel] = []
    for (index, beat) in story.beats.enumerated() {
      let pictures = try plans.map { _, plan in
        Picture(
          width: studio.size.width, height: studio.size.height,
          rgb: try studio.painter.paint(plan.portrait(of: index)))
      }
      let scene = story.scenes[beat.scene]
      panels.append(
        Panel(
          pictures: pictures,
          labels: candidates > 1 ? plans.map { "\(story.seedScope(ofBeat: index))=\($0.0)" } : [],
          text: beat.text, start: beat.start,
          heading: scene.beats.lowerBound == index ? heading(scene, beat.scene) : nil))
      let done = (index + 1) * candidates
      let speed = Double(done) / progress.elapsed
      progress.show(
        ProgressState(
          done: done, total: total, speed: speed, left: Double(total - done) / speed,
          sentence: beat.text))
    }
    return panels
  }

  /// A scene's title; among candidates the number by which --choose calls it goes before.
  private func heading(_ scene: Scene, _ index: Int) -> String? {
    guard candidates > 1 else { return scene.title }
    return "Scene \(index + 1)" + (scene.title.map { ": \($0)" } ?? "")
  }

  private static func isPage(_ path: String) -> Bool {
    path.lowercased().hasSuffix(".html") || path.lowercased().hasSuffix(".htm")
  }
}
