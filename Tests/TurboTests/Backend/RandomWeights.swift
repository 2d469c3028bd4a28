import Foundation

@testable import Turbo

/// Reproducible numbers for tests, roughly standard normal.
struct RandomNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  private mutating func uniform() -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(state >> 40) / Float(1 << 24)
  }

  mutating func normal(_ count: Int) -> [Float] {
    (0..<count).map { _ in (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
  }
}

/// A checkpoint with random values for all that a graph names.
func randomCheckpoint(for graph: Graph, seed: UInt64 = 1) throws -> Checkpoint {
  var random = RandomNumbers(seed: seed)
  let folder = FileManager.default.temporaryDirectory.appending(path: "fabula-\(UUID())")
  try FileManager.default.createDirectory(
    at: folder.appending(path: "m"), withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let items = graph.parameters.map { parameter in
    // Scaled by the fan-in, so that values stay near 1 through a deep graph.
    let fanIn = Float(max(parameter.shape.dropFirst().reduce(1, *), 1))
    let values = random.normal(parameter.shape.elementCount)
    return SafeTensorsWriter.Item(
      parameter.key, shape: parameter.shape,
      values: parameter.shape.count > 1
        ? values.map { $0 / fanIn.squareRoot() } : values.map { 1 + 0.3 * $0 })
  }
  try SafeTensorsWriter.write(items, to: folder.path + "/m/model.safetensors")
  return try Checkpoint(files: ModelFiles(directory: folder.path), component: "m")
}
