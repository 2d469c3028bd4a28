/// What is wrong with a model's files. Every case names the file, and the key or field where there
/// is one, with what was expected and what was found.
public enum CheckpointError: Error, Equatable, Sendable {
  /// None of the files that could serve exists.
  case missingFile(folder: String, candidates: [String])
  /// The system refused to read or write the file.
  case unreadable(file: String, reason: String)
  /// The file ends before its own header says it does.
  case truncated(file: String, expectedBytes: Int, foundBytes: Int)
  /// A safetensors header that lies or cannot be read.
  case invalidHeader(file: String, reason: String)
  /// A JSON file that is not JSON, or whose field has a value that makes no sense.
  case invalidConfig(file: String, field: String, reason: String)
  /// A sensible value that this library does not implement.
  case unsupported(file: String, field: String, found: String, supported: String)
  /// A tensor that the model needs is in none of the files.
  case missingTensor(key: String, file: String)
  /// A tensor has another shape than the model's configuration says.
  case wrongShape(key: String, expected: [Int], found: [Int], file: String)
  /// A tensor's element type cannot be computed with.
  case unsupportedType(key: String, found: String, file: String)
  /// The checkpoint and the model differ: see ``Checkpoint/audit(ignoring:)``.
  case mismatch(file: String, missing: [String], wrongShape: [String], unused: [String])
}

extension CheckpointError: CustomStringConvertible {
  /// One line for a person.
  public var description: String {
    switch self {
    case .missingFile(let folder, let candidates):
      "\(folder): no \(candidates.joined(separator: " or "))"
    case .unreadable(let file, let reason):
      "\(file): \(reason)"
    case .truncated(let file, let expected, let found):
      "\(file): truncated, \(found) bytes of \(expected)"
    case .invalidHeader(let file, let reason):
      "\(file): invalid safetensors header: \(reason)"
    case .invalidConfig(let file, let field, let reason):
      field.isEmpty ? "\(file): \(reason)" : "\(file): \(field): \(reason)"
    case .unsupported(let file, let field, let found, let supported):
      "\(file): \(field): \(found) is not supported (supported: \(supported))"
    case .missingTensor(let key, let file):
      "\(file): tensor \(key) is missing"
    case .wrongShape(let key, let expected, let found, let file):
      "\(file): tensor \(key) has shape \(found), expected \(expected)"
    case .unsupportedType(let key, let found, let file):
      "\(file): tensor \(key) has type \(found) (supported: F32, F16, BF16)"
    case .mismatch(let file, let missing, let wrongShape, let unused):
      "\(file) does not fit the model:"
        + [("missing", missing), ("wrong shape", wrongShape), ("unused", unused)]
        .filter { !$0.1.isEmpty }
        .map { " \($0.1.count) \($0.0) (\(abbreviated($0.1)))" }
        .joined(separator: ",")
    }
  }

  private func abbreviated(_ keys: [String]) -> String {
    keys.prefix(3).joined(separator: ", ") + (keys.count > 3 ? ", …" : "")
  }
}
