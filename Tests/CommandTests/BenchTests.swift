import Foundation
import Testing

@Suite struct BenchTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  @Test func measuresDrawingAndWriting() throws {
    let result = try Command.run(
      ["bench", "--frames", "3", "--size", "64x64", "--json"] + Command.model, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    for name in ["load", "drawRate", "filmRate", "encodingShare", "memory"] {
      #expect((report[name] as? Double ?? 0) > 0, "\(name)")
    }
  }

  /// The parts of each program add up to its whole.
  @Test func profileSaysWhereTheTimeGoes() throws {
    let result = try Command.run(
      ["bench", "--profile", "--size", "64x64"] + Command.model, in: folder)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n")
    #expect(lines.filter { !$0.hasPrefix(" ") }.map { $0.prefix(4) } == ["UNet", "deco"])
    for name in ["convolution", "linear", "attention", "group norm"] {
      #expect(lines.contains { $0.hasPrefix(" ") && $0.contains(name) }, "\(name)")
    }
    let shares = lines.compactMap { line -> Double? in
      let words = line.split(separator: " ")
      guard let percent = words.firstIndex(of: "%") else { return nil }
      return Double(words[percent - 1])
    }
    // Two programs, 100 % each, rounded line by line.
    #expect(abs(shares.reduce(0, +) - 200) < 5)
  }
}
