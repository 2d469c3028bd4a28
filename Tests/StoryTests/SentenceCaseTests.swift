import Foundation
import Testing

@testable import Story

/// The project's own cases, and published ones where a folder of them is named.
struct SentenceCaseTests {
  static var folder: URL {
    Bundle.module.resourceURL?.appendingPathComponent("Cases") ?? URL(fileURLWithPath: "/")
  }

  @Test func ownCasesAreMany() throws {
    let cases = try SentenceCase.all(in: Self.folder)
    #expect(cases.count >= 300)
    #expect(Set(cases.map(\.lang)).count >= 10)
    #expect(Set(cases.map(\.id)).count == cases.count)
  }

  @Test func ownCases() throws {
    for each in try SentenceCase.all(in: Self.folder) {
      let found = try each.found()
      #expect(
        found.map(SentenceCase.bare) == each.sentences.map(SentenceCase.bare),
        "\(each.id): \(found)")
    }
  }

  /// Most of the cases, without being told the language.
  @Test func ownCasesWithTheLanguageDetected() throws {
    let cases = try SentenceCase.all(in: Self.folder)
    let right = try cases.count { each in
      let found = try Story.sentences(
        in: Array(each.text.utf8), options: StoryOptions(format: .plain))
      return found.map { SentenceCase.bare($0.text) } == each.sentences.map(SentenceCase.bare)
    }
    #expect(Double(right) >= 0.97 * Double(cases.count), "\(right) of \(cases.count)")
  }

  /// FABULA_GOLDEN_RULES names a folder with the cases of pySBD and pragmatic_segmenter, one
  /// JSON object a line with `id`, `lang`, `text` and `sentences`. They are not part of Fabula.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["FABULA_GOLDEN_RULES"] != nil))
  func publishedCases() throws {
    let path = try #require(ProcessInfo.processInfo.environment["FABULA_GOLDEN_RULES"])
    let cases = try SentenceCase.all(in: URL(fileURLWithPath: path))
    func share(_ cases: [SentenceCase]) throws -> Double {
      try Double(cases.count { try $0.isRight() }) / Double(max(1, cases.count))
    }
    #expect(try share(cases) >= 0.96)
    #expect(try share(cases.filter { $0.lang == "en" }) >= 0.97)
    #expect(try share(cases.filter { $0.lang == "de" }) >= 0.95)
  }
}
