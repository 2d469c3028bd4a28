import Turbo

/// A model in memory, for tests. The bytes live as long as the process: there are few of them.
struct MemoryModel {
  let files: ModelFiles

  init(_ contents: [(String, [UInt8])]) {
    let embedded = contents.map { path, bytes in
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 8)
      copy.copyBytes(from: bytes)
      return (path, UnsafeRawBufferPointer(copy))
    }
    files = ModelFiles(name: "memory", embedded: Dictionary(uniqueKeysWithValues: embedded))
  }
}
