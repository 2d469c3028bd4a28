/// Random values for all that a graph names, in memory for as long as this lives.
final class RandomCheckpoint {
  let checkpoint: Checkpoint
  private let bytes: UnsafeMutableRawBufferPointer

  init(_ graph: Graph, seed: UInt64 = 1) throws {
    var numbers = RandomNumbers(seed: seed)
    let items = graph.parameters.map { parameter in
      // Scaled by the fan-in, so that values stay near 1 through a deep graph.
      let fanIn = Float(max(parameter.shape.dropFirst().reduce(1, *), 1))
      let isMatrix = parameter.shape.count > 1
      return SafeTensorsWriter.Item(
        parameter.key, shape: parameter.shape,
        values: numbers.values(
          parameter.shape.elementCount, scale: isMatrix ? 1 / fanIn.squareRoot() : 0.3,
          offset: isMatrix ? 0 : 1))
    }
    let header = SafeTensorsWriter.header(items, [:])
    let count = header.count + items.reduce(0) { $0 + 4 * $1.values.count }
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 64)
    self.bytes = bytes
    bytes.copyBytes(from: header)
    var offset = header.count
    for item in items {
      item.values.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(rebasing: bytes[offset...]).copyMemory(from: $0)
      }
      offset += 4 * item.values.count
    }
    let files = ModelFiles(
      name: "random", embedded: ["m/model.safetensors": UnsafeRawBufferPointer(bytes)])
    checkpoint = try Checkpoint(files: files, component: "m")
  }

  deinit { bytes.deallocate() }
}
