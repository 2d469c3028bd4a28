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
    let names = FileManager.default.enumerator(atPath: directory)?.allObjects ?? []
    for name in names.compactMap({ $0 as? String }).sorted() {
      let url = URL(fileURLWithPath: directory).appendingPathComponent(name)
      guard let data = try? Data(contentsOf: url, options: .alwaysMapped) else { continue }
      data.withUnsafeBytes { Self.add(name, $0, to: &digest) }
    }
    hex = digest.hex()
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
