import Synchronization

/// The weights of one component of a model (`unet`, `vae`, `text_encoder`, …), from one
/// `.safetensors` file or from shards.
///
/// It remembers which tensors were asked for, so that ``audit(ignoring:)`` finds what the model
/// lacks and what it has left over.
public final class Checkpoint: Sendable {
  /// The component's folder in the model.
  public let component: String
  /// Where the weights came from: the file, or the index of the shards; for messages.
  public let name: String

  private let shards: [SafeTensors]
  private let shardOfKey: [String: Int]

  private struct Record {
    var used: Set<String> = []
    var missing: Set<String> = []
    var wrongShape: Set<String> = []
  }
  private let record = Mutex(Record())

  /// Names of a component's weights without their extension: diffusers', transformers'.
  private static let stems = ["diffusion_pytorch_model", "model"]

  /// Opens a component's weights: full precision before the fp16 variant, one file before shards.
  public init(files: ModelFiles, component: String) throws(CheckpointError) {
    let single = Self.stems.flatMap { ["\($0).safetensors", "\($0).fp16.safetensors"] }
    let index = Self.stems.flatMap {
      [
        "\($0).safetensors.index.json", "\($0).safetensors.index.fp16.json",
        "\($0).fp16.safetensors.index.json",
      ]
    }
    self.component = component
    if let path = files.first(of: single.map { "\(component)/\($0)" }) {
      let file = try SafeTensors(files.data(path))
      name = file.file.name
      shards = [file]
      shardOfKey = file.entries.mapValues { _ in 0 }
    } else if let path = files.first(of: index.map { "\(component)/\($0)" }) {
      let index = try ShardIndex(files.data(path))
      name = index.file
      (shards, shardOfKey) = try Self.open(index, files, component)
    } else {
      throw .missingFile(
        folder: "\(files.name)/\(component)", candidates: single + index)
    }
  }

  private static func open(
    _ index: ShardIndex, _ files: ModelFiles, _ component: String
  ) throws(CheckpointError) -> ([SafeTensors], [String: Int]) {
    var shards: [SafeTensors] = []
    var shardOfKey: [String: Int] = [:]
    for shard in index.shards {
      let file = try SafeTensors(files.data("\(component)/\(shard)"))
      for key in file.entries.keys where index.shardOfKey[key] == shard {
        shardOfKey[key] = shards.count
      }
      shards.append(file)
    }
    for (key, shard) in index.shardOfKey where shardOfKey[key] == nil {
      throw .missingTensor(key: key, file: "\(files.name)/\(component)/\(shard)")
    }
    return (shards, shardOfKey)
  }

  /// All keys, sorted.
  public var keys: [String] { shardOfKey.keys.sorted() }

  /// Whether the weights have the tensor. Asking is not using.
  public func has(_ key: String) -> Bool { shardOfKey[key] != nil }

  /// The shape of a tensor, or nil where there is none. Asking is not using.
  public func shape(_ key: String) -> [Int]? {
    shardOfKey[key].flatMap { shards[$0].entries[key]?.shape }
  }

  /// Numbers in all tensors.
  public var parameterCount: Int {
    keys.compactMap { shape($0)?.elementCount }.reduce(0, +)
  }

  /// The tensor of a key, which must have the given shape.
  public func tensor(_ key: String, shape: [Int]) throws(CheckpointError) -> Tensor {
    guard let shard = shardOfKey[key] else {
      record.withLock { _ = $0.missing.insert(key) }
      throw .missingTensor(key: key, file: name)
    }
    record.withLock { _ = $0.used.insert(key) }
    let tensor = try shards[shard].tensor(key)
    guard tensor.shape == shape else {
      record.withLock { _ = $0.wrongShape.insert(key) }
      throw .wrongShape(
        key: key, expected: shape, found: tensor.shape, file: shards[shard].file.name)
    }
    return tensor
  }

  /// Throws if a tensor that was asked for is missing or has the wrong shape, or if one was never
  /// asked for: then the model that was built is not the model that was saved.
  ///
  /// - Parameter ignored: keys that may stay unused; one that ends in `.` stands for all keys that
  ///   begin with it (`encoder.`).
  public func audit(ignoring ignored: [String] = []) throws(CheckpointError) {
    let (missing, wrongShape, used) = record.withLock {
      ($0.missing.sorted(), $0.wrongShape.sorted(), $0.used)
    }
    let unused = keys.filter { key in
      !used.contains(key)
        && !ignored.contains { $0.hasSuffix(".") ? key.hasPrefix($0) : key == $0 }
    }
    guard missing.isEmpty, wrongShape.isEmpty, unused.isEmpty else {
      throw .mismatch(file: name, missing: missing, wrongShape: wrongShape, unused: unused)
    }
  }
}
