import Glibc
import Pocket
import Turbo

// The GPU against the processor, and the GPU's times; see Benchmarks/gpu.py.
//
//     parity [operations [FILTER]] [pocket] [model FOLDER] [large FOLDER] [draw FOLDER]

/// Writes a line at once, so that nothing is lost where the rest fails.
func say(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
}

func milliseconds(_ count: Int, _ work: () throws -> Void) rethrows -> Double {
  var times: [Double] = []
  for _ in 0..<count {
    let start = ContinuousClock.now
    try work()
    times.append((ContinuousClock.now - start) / .milliseconds(1))
  }
  return times.sorted()[count / 2]
}

/// Whole pictures through the engine, as a caller sees them.
func draw(_ files: ModelFiles, size: PictureSize?, device: Device, frames: Int) throws {
  for steps in [1, 4] {
    let engine = try Engine(files: files, options: .init(size: size, steps: steps, device: device))
    let noise = (0..<engine.latentShape.reduce(1, *)).map { Float(($0 * 7919) % 2001) / 577 - 1.73 }
    let stepNoise = Array(repeating: noise, count: steps - 1)
    let prompt = "a fox in the forest in the evening"
    _ = try engine.draw(engine.encode(prompt), noise: noise, stepNoise: stepNoise)
    let embeds = try engine.encode(prompt)
    let drawn = try milliseconds(frames) {
      _ = try engine.draw(embeds, noise: noise, stepNoise: stepNoise)
    }
    let whole = try milliseconds(frames) {
      _ = try engine.draw(engine.encode(prompt), noise: noise, stepNoise: stepNoise)
    }
    say(
      "\(engine.deviceName), \(engine.size), \(steps) steps: a picture \(drawn) ms,"
        + " with its prompt encoded \(whole) ms")
  }
}

func run(_ arguments: [String]) throws {
  var arguments = arguments[...]
  let isVerbose = getenv("PARITY_VERBOSE") != nil
  func parity() throws -> Parity { try Parity(isVerbose: isVerbose) { say($0) } }
  let full = PictureSize(width: 512, height: 512)
  while let command = arguments.popFirst() {
    switch command {
    case "operations": try parity().operations(filter: arguments.popFirst() ?? "")
    case "pocket":
      try parity().model(Pocket.files, precision: .float32)
      try parity().model(Pocket.files)
      try parity().model(Pocket.files, precision: .float16)
      try draw(Pocket.files, size: nil, device: .cuda(0), frames: 50)
    case "model": try parity().model(ModelFiles(directory: arguments.popFirst() ?? "."))
    case "large", "large-compared":
      try parity().model(
        ModelFiles(directory: arguments.popFirst() ?? "."), size: full,
        isCompared: command == "large-compared")
    case "draw":
      let files = try ModelFiles(directory: arguments.popFirst() ?? ".")
      try draw(files, size: full, device: .cuda(0), frames: 20)
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
