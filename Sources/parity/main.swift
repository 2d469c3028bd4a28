import Glibc
import Pocket
import Turbo

// The GPU against the processor, and the GPU's times; see Benchmarks/gpu.py.
//
//     parity operations [FILTER [START]] | pocket | model FOLDER | large FOLDER | large-compared FOLDER
//
// The exit status is 1 where anything failed, 75 where the GPU's context is lost: a new process can
// go on from the next case.

/// Writes a line at once, so that nothing is lost where the rest fails.
func say(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
}

/// Runs the commands and returns how many failures there were.
func run(_ arguments: [String]) throws -> Int {
  var arguments = arguments[...]
  let isVerbose = getenv("PARITY_VERBOSE") != nil
  func parity() throws -> Parity { try Parity(isVerbose: isVerbose) { say($0) } }
  let full = PictureSize(width: 512, height: 512)
  var failures = 0
  while let command = arguments.popFirst() {
    switch command {
    case "operations":
      let filter = arguments.popFirst() ?? ""
      let start = arguments.popFirst().flatMap { Int($0) } ?? 0
      let parity = try parity()
      guard parity.operations(filter: filter, from: start) else { exit(75) }
      failures += parity.failures
    case "pocket":
      let parity = try parity()
      parity.model(Pocket.files)
      parity.model(Pocket.files, precision: .float16)
      parity.pictures(Pocket.files)
      failures += parity.failures
    case "model":
      let parity = try parity()
      parity.model(try ModelFiles(directory: arguments.popFirst() ?? "."))
      failures += parity.failures
    case "large", "large-compared":
      let parity = try parity()
      let files = try ModelFiles(directory: arguments.popFirst() ?? ".")
      parity.model(files, size: full, isCompared: command == "large-compared")
      if command == "large" { parity.pictures(files, size: full) }
      failures += parity.failures
    default:
      say("unknown: \(command)")
      exit(2)
    }
  }
  return failures
}

do {
  guard try run(Array(CommandLine.arguments.dropFirst())) == 0 else { exit(1) }
} catch {
  say("FAILED: \(error)")
  exit(1)
}
