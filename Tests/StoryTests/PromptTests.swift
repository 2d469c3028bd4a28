import Testing

@testable import Story

struct PromptTests {
  private static let mira = CastMember(name: "Mira", looks: "a girl in a red coat")
  private static let tom = CastMember(name: "Old Tom", looks: "an old fisherman with a white beard")

  private func prompts(_ text: String, _ options: StoryOptions = StoryOptions()) throws -> [String]
  {
    try Story(reading: Array(text.utf8), options: options).beats.map(\.prompt)
  }

  @Test func placeTimeAndWeatherAreCarried() throws {
    let found = try prompts(
      "It was a cold night in the forest. Snow fell on the old trees. The fox looked up at the owl."
    )
    #expect(found.last == "The fox looked up at the owl, forest, night, snow")
  }

  @Test func aNewSceneForgets() throws {
    let found = try prompts("It was night in the forest.\n\n***\n\nThe fox looked up at the owl.")
    #expect(found.last == "The fox looked up at the owl.")
  }

  @Test func anotherPlaceReplacesTheFirst() throws {
    let found = try prompts(
      "They slept in the forest all day long. They dreamed of the sea and the ships. At last they reached the harbour. The fox looked up at the owl."
    )
    #expect(found[1].hasSuffix("forest"))
    #expect(found[3].hasSuffix("harbour"))
  }

  @Test func namesAndPronounsBecomeLooks() throws {
    let options = StoryOptions(style: "watercolour", cast: [Self.mira, Self.tom])
    let found = try prompts(
      "Mira opened the heavy door. She walked on into the dark. Old Tom's boat was gone. He sat down on a stone.",
      options)
    #expect(
      found == [
        "a girl in a red coat opened the heavy door, watercolour",
        "a girl in a red coat walked on into the dark, watercolour",
        "an old fisherman with a white beard's boat was gone, watercolour",
        "an old fisherman with a white beard sat down on a stone, ship, watercolour",
      ])
  }

  @Test func pronounsThatCouldBeTwoStay() throws {
    let cast = [Self.mira, CastMember(name: "Ada", looks: "a woman with a lantern")]
    let found = try prompts(
      "Mira met Ada under the oak tree. She walked on without a word.", StoryOptions(cast: cast))
    #expect(found[1].hasPrefix("She walked on"))
  }

  @Test func animalsAndPeopleAreCarriedToo() throws {
    let found = try prompts("A small red fox came down the hill. It walked on and on.")
    #expect(found[1].hasPrefix("the small red fox walked on and on"))
  }

  @Test func germanStoriesToo() throws {
    let options = StoryOptions(
      language: "de",
      cast: [CastMember(name: "Mira", looks: "ein Mädchen im roten Mantel", gender: .feminine)])
    let found = try prompts(
      "Es war Nacht im Wald. Mira ging langsam weiter. Sie sah zum Himmel hinauf.", options)
    #expect(found[1] == "ein Mädchen im roten Mantel ging langsam weiter, forest, night")
    #expect(found[2].hasPrefix("ein Mädchen im roten Mantel sah"))
  }

  @Test func commentsOverride() throws {
    let text = """
      # One

      <!-- prompt: a red door in the snow -->
      They came to a door. It was closed and locked. <!-- duration: 7.5 -->
      """
    let story = try Story(
      reading: Array(text.utf8), name: "a.md", options: StoryOptions(style: "ink"))
    #expect(story.beats[1].prompt == "a red door in the snow, ink")
    #expect(story.beats[1].reasons.first?.kind == .override)
    #expect(story.beats[2].duration == 7.5)
    let fitted = try Story(
      reading: Array(text.utf8), name: "a.md", options: StoryOptions(duration: 20))
    #expect(fitted.beats[2].duration == 7.5 && fitted.duration == 20)
  }

  @Test func everythingElseCanBeSaidInComments() throws {
    let text = """
      # One

      <!-- place: an old mill --> <!-- time: dusk --> <!-- weather: fog --> <!-- style: charcoal -->
      The fox looked up at the owl. The owl slept on its branch.
      """
    let story = try Story(
      reading: Array(text.utf8), name: "a.md", options: StoryOptions(style: "ink"))
    #expect(
      story.beats.dropFirst().map(\.prompt) == [
        "The fox looked up at the owl, an old mill, dusk, fog, charcoal",
        "The owl slept on its branch, an old mill, dusk, fog, ink",
      ])
  }

  @Test func promptsFitTheWindow() throws {
    let long =
      "Mira, who had never in her life been so very tired, walked and walked and walked through the "
      + "endless, silent, moonlit forest, and thought of bread, and of her bed, and of her brother."
    let options = StoryOptions(
      maximumBeat: 60, style: "watercolour, soft light", cast: [Self.mira], tokenLimit: 24,
      tokenCount: { $0.split(separator: " ").count })
    let story = try Story(reading: Array(long.utf8), options: options)
    let prompt = story.beats[0].prompt
    #expect(prompt.split(separator: " ").count <= 24)
    #expect(prompt.contains("a girl in a red coat"))
    #expect(prompt.hasSuffix("watercolour, soft light"))
    #expect(prompt.contains("forest"))
    #expect(story.beats[0].reasons.contains { $0.kind == .dropped })
  }

  @Test func styleAndCastSurviveEveryLimit() throws {
    let options = StoryOptions(style: "watercolour", cast: [Self.mira], tokenLimit: 3)
    let found = try prompts("Mira walked along the river.", options)
    #expect(found[0].contains(Self.mira.looks) && found[0].hasSuffix("watercolour"))
  }

  @Test func headingsShowTheirScene() throws {
    let found = try prompts(
      "Chapter One\n\nThe fox looked up at the owl.\n\nThe Dark Wood\n\nThe owl slept.")
    #expect(found[0] == "The fox looked up at the owl.")
    #expect(found[2].hasPrefix("The Dark Wood"))
  }
}
