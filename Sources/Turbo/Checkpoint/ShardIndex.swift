/// `*.safetensors.index.json`: which file of the same folder holds which tensor.
struct ShardIndex {
  let file: String
  let shardOfKey: [String: String]

  /// The shards' names, sorted.
  var shards: [String] { Set(shardOfKey.values).sorted() }

  init(_ bytes: FileBytes) throws(CheckpointError) {
    let config = try ConfigReader(bytes)
    file = bytes.name
    var shards: [String: String] = [:]
    for (key, value) in try config.object("weight_map") {
      guard case .string(let shard) = value, Self.isPlainName(shard) else {
        throw .invalidConfig(
          file: bytes.name, field: "weight_map.\(key)", reason: "\(value.summary) is no file name")
      }
      shards[key] = shard
    }
    shardOfKey = shards
  }

  /// An index names files beside itself: it must not lead anywhere else.
  private static func isPlainName(_ name: String) -> Bool {
    name.hasSuffix(".safetensors") && !name.utf8.contains(UInt8(ascii: "/"))
      && !name.utf8.contains(0)
  }
}
