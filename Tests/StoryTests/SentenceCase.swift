import Foundation
import Testing

@testable import Story

/// A text and its sentences, from a line of a data file.
struct SentenceCase: Decodable, Sendable {
  var id: String
  var lang: String
  var text: String
  var sentences: [String]

  /// The sentences that Story finds.
  func found() throws -> [String] {
    let options = StoryOptions(format: .plain, language: lang)
    return try Story.sentences(in: Array(text.utf8), options: options).map(\.text)
  }

  /// Whether they are right, white space aside.
  func isRight() throws -> Bool {
    try found().map(Self.bare) == sentences.map(Self.bare)
  }

  static func bare(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isWhitespace }))
  }

  /// The cases of all `.jsonl` files of a folder.
  static func all(in folder: URL) throws -> [SentenceCase] {
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return try files.filter { $0.pathExtension == "jsonl" }
      .sorted { $0.path < $1.path }
      .flatMap { file in
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
          try JSONDecoder().decode(SentenceCase.self, from: Data($0.utf8))
        }
      }
  }
}
