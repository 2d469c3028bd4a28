import ArgumentParser

/// What else a render may write.
struct ByproductOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Also write a page on the pictures' quality: evenness, flicker, broken frames.",
      valueName: "file.html"))
  var report: String?

  @OptionGroup var timeline: TimelineOptions

  /// Refuses names that can't be written, before any frame is drawn.
  func check(inputs: [String?], force: Bool) throws {
    if let report { _ = try OutputFile(path: report, kind: .text, inputs: inputs, force: force) }
    try timeline.check(inputs: inputs, force: force)
  }
}
