import Glibc
import Pocket
import Turbo

// The GPU against the processor, and the GPU's times; see Benchmarks/gpu.py.
//
//     parity operations [FILTER [START]] | pocket | model FOLDER | large FOLDER | large-compared FOLDER

/// Writes a line at once, so that nothing is lost where the rest fails.
func say(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
}

func run(_ arguments: [String]) throws {
  var arguments = arguments[...]
  let isVerbose = getenv("PARITY_VERBOSE") != nil
  func parity() throws -> Parity { try Parity(isVerbose: isVerbose) { say($0) } }
  let full = PictureSize(width: 512, height: 512)
  while let command = arguments.popFirst() {
    switch command {
    case "operations":
      let filter = arguments.popFirst() ?? ""
      let start = arguments.popFirst().flatMap { Int($0) } ?? 0
      guard try parity().operations(filter: filter, from: start) else { exit(75) }
    case "pocket":
      let parity = try parity()
      parity.model(Pocket.files)
      parity.model(Pocket.files, precision: .float16)
      parity.pictures(Pocket.files)
    case "model": try parity().model(ModelFiles(directory: arguments.popFirst() ?? "."))
    case "large", "large-compared":
      let parity = try parity()
      let files = try ModelFiles(directory: arguments.popFirst() ?? ".")
      parity.model(files, size: full, isCompared: command == "large-compared")
      if command == "large" { parity.pictures(files, size: full) }
    default:
      say("unknown: \(command)")
      exit(2)
    }
  }
}

do {
  try run(Array(CommandLine.arguments.dropFirst()))
} catch {
  say("FAILED: \(error)")
  exit(1)
}
