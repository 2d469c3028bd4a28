@testable import Turbo

/// Lends bytes as a file for the length of a closure.
func withFile<R>(_ bytes: [UInt8], _ body: (FileBytes) throws -> R) rethrows -> R {
  try bytes.withUnsafeBytes { try body(FileBytes(name: "memory", embedded: $0)) }
}

/// The error that a piece of work ends with, if it is a checkpoint's.
func checkpointError(_ body: () throws -> Void) -> CheckpointError? {
  do {
    try body()
    return nil
  } catch {
    return error as? CheckpointError
  }
}

/// A safetensors file of a header and zeros as data.
func safeTensors(_ header: String, dataCount: Int, claimedLength: UInt64? = nil) -> [UInt8] {
  let length = claimedLength ?? UInt64(header.utf8.count)
  return withUnsafeBytes(of: length.littleEndian, Array.init) + Array(header.utf8)
    + Array(repeating: 0, count: dataCount)
}
