import Foundation

/// A folder that goes away with the test.
final class Folder {
  /// Where it is.
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("fabula-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of a file in it.
  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file into it.
  func write(_ name: String, _ text: String) throws {
    try text.write(to: url.appendingPathComponent(name), atomically: false, encoding: .utf8)
  }

  /// Writes bytes into it.
  func write(_ name: String, bytes: [UInt8]) throws {
    try Data(bytes).write(to: url.appendingPathComponent(name))
  }

  /// The names of its files, without the tests' own.
  var names: [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return all.filter { !$0.hasPrefix(".") }.sorted()
  }
}
