import Testing

@testable import Story

struct StreamTests {
  private static let text =
    "“Run!” Tom shouted. The cart rolled on. “Come in. Sit down,” said the bear. Mira laughed.\n\n"
    + "It was late. Dr. Finch closed the door, and the wind went round the house. Good night."

  @Test(arguments: [1, 2, 3, 7, 20, 1000])
  func pieceSizeChangesNothing(size: Int) throws {
    var stream = SentenceStream(language: "en")
    var sentences: [String] = []
    let bytes = Array(Self.text.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      sentences += stream.feed(Array(bytes[start..<min(bytes.count, start + size)]))
    }
    sentences += stream.finish()
    let whole = try Story.sentences(in: bytes, options: StoryOptions(language: "en")).map(\.text)
    #expect(sentences == whole)
    #expect(stream.tail.isEmpty)
  }

  @Test func aLineThatEndsASentenceFinishesIt() {
    var stream = SentenceStream()
    #expect(stream.feed("The fox ran.").isEmpty)
    #expect(stream.tail == "The fox ran.")
    #expect(stream.feed("\n") == ["The fox ran."])
    #expect(stream.feed("Then it slept").isEmpty)
    #expect(stream.finish() == ["Then it slept"])
  }

  @Test func anOpenQuotationHoldsItsSentence() {
    var stream = SentenceStream(language: "en")
    #expect(stream.feed("“Come in. Sit down. Eat ").isEmpty)
    #expect(stream.feed("something,” said the bear. ") == [])
    #expect(
      stream.feed("Mira sat down at the table at once. ")
        == ["“Come in. Sit down. Eat something,” said the bear."])
  }

  @Test func aCharacterMayComeInParts() {
    var stream = SentenceStream(language: "de")
    var sentences = stream.feed([0xC3])
    sentences += stream.feed([0xA4] + Array("h.\n".utf8))
    #expect(sentences == ["äh."])
  }
}
