import Glibc

/// The files of a model in diffusers layout: a folder of the disk, or files embedded in the
/// program. Paths are relative to the model, with `/` (`unet/config.json`).
public struct ModelFiles: Sendable {
  /// The model's name in messages: the folder's path, or the name of the embedded model.
  public let name: String

  private enum Source: Sendable {
    case directory
    case embedded([String: FileBytes])
  }
  private let source: Source

  /// A model folder on disk.
  public init(directory: String) throws(CheckpointError) {
    var status = stat()
    guard stat(directory, &status) == 0 else {
      throw .unreadable(file: directory, reason: systemMessage())
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw .unreadable(file: directory, reason: "not a folder")
    }
    name = directory
    source = .directory
  }

  /// A model in memory: relative paths and bytes that outlive every use of the model.
  public init(name: String, embedded files: [String: UnsafeRawBufferPointer]) {
    self.name = name
    source = .embedded(
      Dictionary(
        uniqueKeysWithValues: files.map { path, bytes in
          (path, FileBytes(name: "\(name)/\(path)", embedded: bytes))
        }))
  }

  /// Whether the model has the file.
  public func exists(_ path: String) -> Bool {
    switch source {
    case .directory: access("\(name)/\(path)", F_OK) == 0
    case .embedded(let files): files[path] != nil
    }
  }

  /// The file's bytes.
  public func data(_ path: String) throws(CheckpointError) -> FileBytes {
    switch source {
    case .directory:
      guard exists(path) else { throw .missingFile(folder: name, candidates: [path]) }
      return try FileBytes(mapping: "\(name)/\(path)")
    case .embedded(let files):
      guard let file = files[path] else { throw .missingFile(folder: name, candidates: [path]) }
      return file
    }
  }

  /// The first of some paths that the model has, in the given order.
  public func first(of paths: [String]) -> String? {
    paths.first(where: exists)
  }
}
