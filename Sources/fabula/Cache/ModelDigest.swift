import Foundation

/// Names a model by what its files hold, so that a changed model never meets its old pictures.
///
/// Small files count whole; of weights, the length, the head and evenly spread samples, because
/// reading seven gigabytes would take longer than drawing.
struct ModelDigest {
  /// The digest, in hexadecimal.
  let hex: String

  private static let wholeBelow = 64 << 10
  private static let samples = 32
  private static let sampleLength = 1 << 10

  /// The digest of a model folder.
  init(directory: String) {
    var digest = SHA256()
    for name in Self.files(in: directory, depth: 3).sorted() {
      let url = URL(fileURLWithPath: directory).appendingPathComponent(name)
      guard let data = try? Data(contentsOf: url, options: .alwaysMapped) else { continue }
      data.withUnsafeBytes { Self.add(name, $0, to: &digest) }
    }
    hex = digest.hex()
  }

  /// The files of a folder and of those in it, by their paths in it. Links are followed, as the
  /// model's loader follows them; the depth ends those that lead back.
  private static func files(in folder: String, depth: Int) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.flatMap { name -> [String] in
      var isFolder: ObjCBool = false
      let path = "\(folder)/\(name)"
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
      guard isFolder.boolValue else { return [name] }
      return depth > 1 ? files(in: path, depth: depth - 1).map { "\(name)/\($0)" } : []
    }
  }

  /// The digest of an embedded model.
  init(embedded files: [String: UnsafeRawBufferPointer]) {
    var digest = SHA256()
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
      Self.add(name, bytes, to: &digest)
    }
    hex = digest.hex()
  }

  private static func add(
    _ name: String, _ bytes: UnsafeRawBufferPointer, to digest: inout SHA256
  ) {
    digest.update(Array("\(name) \(bytes.count)\n".utf8))
    guard bytes.count > wholeBelow else { return digest.update(Array(bytes)) }
    for i in 0..<samples {
      let start = (bytes.count - sampleLength) / (samples - 1) * i
      digest.update(Array(bytes[start..<start + sampleLength]))
    }
  }
}
