import Foundation

/// Runs the program as a user does: the binary that was built beside the tests.
struct Command {
  /// What a run left behind.
  struct Result {
    var status: Int32
    var output: String
    var errors: String

    /// The lines of standard error.
    var errorLines: [String] {
      errors.split(separator: "\n").map(String.init)
    }
  }

  /// The binary's path.
  static var path: String {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: tests).deletingLastPathComponent()
      .appendingPathComponent("fabula").path
  }

  /// A small model of random weights, which draws fast: what is tested here is the command.
  static var model: [String] {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let model = tests.appendingPathComponent("TurboTests/Fixtures/model-a").path
    // Several run at once here, and threads that wait for one another would not gain anything.
    return ["--model", model, "--threads", "1"]
  }

  /// Runs `fabula` in `folder`; what it is given on standard input is `input`.
  static func run(_ arguments: [String], in folder: Folder, input: String = "") throws -> Result {
    try start("exec \"$0\" \"$@\"", arguments, in: folder, input: input).wait()
  }

  /// Runs a shell line in which `"$0" "$@"` is the command.
  static func shell(_ line: String, _ arguments: [String], in folder: Folder) throws -> Result {
    try start(line, arguments, in: folder, input: "").wait()
  }

  /// A command that is running.
  struct Running {
    let process: Process
    private let output: URL
    private let errors: URL

    fileprivate init(process: Process, output: URL, errors: URL) {
      self.process = process
      self.output = output
      self.errors = errors
    }

    /// What it has said on standard error so far.
    func errorsSoFar() throws -> String { try String(contentsOf: errors, encoding: .utf8) }

    /// Waits for its end.
    func wait() throws -> Result {
      process.waitUntilExit()
      let status =
        process.terminationReason == .uncaughtSignal
        ? -process.terminationStatus : process.terminationStatus
      return Result(
        status: status, output: try String(contentsOf: output, encoding: .utf8),
        errors: try String(contentsOf: errors, encoding: .utf8))
    }
  }

  /// Starts a shell line in which `"$0" "$@"` is the command.
  static func start(
    _ line: String, _ arguments: [String], in folder: Folder, input: String = ""
  ) throws -> Running {
    let id = UUID().uuidString
    let files = ["in", "out", "err"].map { folder.url.appendingPathComponent(".\(id).\($0)") }
    try input.write(to: files[0], atomically: false, encoding: .utf8)
    for file in files[1...] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line, path] + arguments
    process.currentDirectoryURL = folder.url
    var environment = ProcessInfo.processInfo.environment
    environment["XDG_CACHE_HOME"] = folder.path(".cache")
    process.environment = environment
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    return Running(process: process, output: files[1], errors: files[2])
  }
}
