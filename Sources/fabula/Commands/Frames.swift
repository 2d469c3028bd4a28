import ArgumentParser
import Film
import Foundation
import Travel

/// `fabula frames`: a story becomes pictures that can be edited before they become a film.
struct Frames: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draws the frames of a story as PNG files.",
    discussion: """
      The folder also gets frames.json, which says what each frame is. Edit, delete, add or repaint \
      pictures, then let fabula film make the film of what is there. The same command again goes on \
      where it was stopped or killed, and draws what is missing or of another seed or story.
      """)

  @Argument(help: "The story's file, or - for standard input.")
  var story: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The folder; by default, named after the story.", valueName: "dir"))
  var output: String?

  @Option(
    help: ArgumentHelp("Draw these frames only, as in 120-180; others stay.", valueName: "range"))
  var only: FrameRange?

  @Flag(help: "With --only, draw frames again that are there already.")
  var again = false

  @Option(help: "Bits a colour, 8 or 16; pictures of 16 bits are always drawn anew.")
  var bits = 8

  @OptionGroup(title: "Beside the frames") var timeline: TimelineOptions
  @OptionGroup var shoot: ShootOptions
  @OptionGroup var reporting: Reporting

  func validate() throws {
    guard bits == 8 || bits == 16 else { throw ValidationError("--bits is 8 or 16") }
    if again, only == nil { throw ValidationError("--again goes with --only") }
    if bits == 16, shoot.motion.feedback != nil {
      throw ValidationError(
        "--bits 16 and --feedback exclude each other: 16 bits are drawn anew, frame by frame")
    }
  }

  func run() throws {
    let file = try StoryFile(path: story)
    let settings = try shoot.settings(of: file)
    let folder = output ?? file.stem + "-frames"
    let isDump = try check(folder)
    try timeline.check(inputs: [file.path], force: reporting.force)

    var progress = reporting.progress
    let soundtrack = try shoot.soundtrack(of: file, &progress)
    progress.note("loading \(shoot.model.name)")
    let studio = try shoot.studio(for: file, settings, soundtrack)
    let count = studio.production.plan.frameCount
    var manifest = FrameManifest(
      width: studio.size.width, height: studio.size.height, fps: settings.rate.film,
      tracks: studio.production.tracks(title: file.stem, metadata: studio.metadata),
      audio: soundtrack.fileName)
    let plan = try plan(studio)
    manifest.plan = plan
    let isSame = isDump && (try? FrameManifest(folder: folder).plan) == plan
    let isRepaint = isDump && only != nil
    if isRepaint { manifest = try known(in: folder, fitting: manifest) }
    let keeps = isRepaint || isSame && !reporting.force
    if keeps, !isRepaint { removeOthers(in: folder) }
    let numbers = try numbers(of: count, in: keeps ? folder : nil)
    if manifest.plan != plan, !numbers.isEmpty {
      progress.say(
        "fabula: \(folder): its other frames are of another seed, story or option: without --only "
          + "all are drawn alike")
    }
    let dump = try FrameDump(folder: folder, manifest: manifest, keeping: keeps)
    if !isRepaint { try soundtrack.writeNarration(into: folder) }
    try draw(numbers, studio, dump, plan: manifest.plan == plan ? nil : plan)
    // Frames painted anew keep the sound of the others.
    let kept = manifest.audio.map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" }
    try timeline.write(
      studio, media: .frames(folder), audio: isRepaint ? kept : soundtrack.path(in: folder))
  }

  /// What the frames are drawn from, as a name: where it is another, none of them may stay unless
  /// --only says so.
  private func plan(_ studio: Studio) throws -> String {
    var digest = SHA256()
    let plan = studio.production.plan
    for text in [studio.metadata["comment"] ?? "", "\(bits)"] + studio.production.prompts {
      digest.update(Array("\(text.utf8.count) \(text)".utf8))
    }
    for stop in plan.stops { digest.update(Array(" \(stop.start) \(stop.scene)".utf8)) }
    digest.update(Array(" \(plan.duration)".utf8))
    return String(digest.hex().prefix(32))
  }

  /// Draws frames into a dump; `plan` is theirs where it isn't the dump's.
  private func draw(_ numbers: [Int], _ studio: Studio, _ dump: FrameDump, plan: String?) throws {
    let interruption = Interruption()
    var progress = reporting.progress
    do {
      let deep = DeepPainter(painter: studio.painter)
      let written = try studio.draw(numbers, &progress, interruption) { frame in
        let pixels = try bits == 16 ? deep.paint(frame) : .eight(studio.paint(frame))
        try dump.append(
          Picture(width: studio.size.width, height: studio.size.height, pixels: pixels),
          entry(frame, studio, plan))
      }
      progress.clear()
      try dump.finish()
      try reporting.summarize("\(dump.folder): \(written) frames, \(studio.size)")
    } catch {
      progress.clear()
      // What has been drawn stays usable.
      _ = try? dump.finish()
      throw error
    }
    if interruption.isRequested { throw ExitCode(130) }
  }

  /// The numbers of the frames to draw; those that `folder` has stay, unless they are asked for.
  private func numbers(of count: Int, in folder: String?) throws -> [Int] {
    let all = 0..<count
    if let only, only.frames(of: count) == nil {
      throw Failure("there is no frame \(only.first): the film has 0 to \(count - 1)")
    }
    let range = only?.frames(of: count) ?? all
    guard let folder else { return Array(range) }
    return range.filter { index in
      let file = "\(folder)/\(FrameManifest.file(index: index))"
      return again || !FileManager.default.fileExists(atPath: file)
    }
  }

  /// The manifest of the dump that single frames are drawn into: its sentences and its sound are
  /// those of all its frames, and stay.
  private func known(in folder: String, fitting manifest: FrameManifest) throws -> FrameManifest {
    let old = try FrameManifest(folder: folder)
    guard (old.width, old.height, old.fps) == (manifest.width, manifest.height, manifest.fps) else {
      throw Failure(
        "\(folder): its frames are \(old.width)x\(old.height) at \(old.fps) fps, not "
          + "\(manifest.width)x\(manifest.height) at \(manifest.fps): give --size and --fps")
    }
    return old
  }

  /// Takes away what --only drew from something else: a whole dump is of one plan.
  private func removeOthers(in folder: String) {
    let frames = (try? FrameFolder(path: folder).manifest?.frames) ?? []
    for frame in frames where frame.plan != nil {
      unlink("\(folder)/\(FrameManifest.file(index: frame.index))")
    }
  }

  private func entry(_ frame: PlannedFrame, _ studio: Studio, _ plan: String?) -> FrameEntry {
    let noise = frame.picture.noise.terms.map { term in
      let weight = (term.weight * 10_000).rounded() / 10_000
      let view = term.source.view
      let place = view == .still ? "" : " at \(view.x.short),\(view.y.short) × \(view.scale.short)"
      return "\(weight) × \(term.source.seed).\(term.source.field)\(place)"
    }
    return FrameEntry(
      index: frame.index, beat: frame.stop, text: studio.production.sentence(frame),
      blend: frame.dissolve?.share ?? frame.picture.blend,
      noise: noise.joined(separator: " + "), plan: plan)
  }

  /// Refuses a folder of something else, or with pictures that somebody worked on; returns whether
  /// it is an earlier dump.
  private func check(_ folder: String) throws -> Bool {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
      return false
    }
    guard isFolder.boolValue else {
      throw Failure("\(folder): is a file: give a folder's name with -o")
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    guard !names.isEmpty else { return false }
    guard names.contains(FrameManifest.fileName) else {
      if reporting.force { return false }
      throw Failure("\(folder): holds other files: give a new folder with -o, or --force")
    }
    guard only == nil, !reporting.force, names.contains(where: { $0.hasSuffix(".png") }) else {
      return true
    }
    let edited = try FrameFolder(path: folder).edited()
    guard edited.isEmpty else {
      throw Failure(
        "\(folder): \(edited.count) pictures have been edited (\(edited[0])): give another folder, "
          + "--only for some frames, or --force")
    }
    return true
  }
}
