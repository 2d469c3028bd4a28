import ArgumentParser

/// How much is said, and whether files are replaced.
struct Reporting: ParsableArguments {
  @Flag(help: "Replace what is there, whatever it is.")
  var force = false

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  /// A progress in the style that suits standard error.
  var progress: Progress { Progress(style: Progress.style(quiet: quiet)) }

  /// Prints a result's summary.
  func summarize(_ text: @autoclosure () -> String) throws {
    if !quiet { try StandardOutput.write(text() + "\n") }
  }
}
