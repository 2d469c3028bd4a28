import Foundation
import Testing
import Travel

@testable import fabula

/// Looking ahead along a travel.
@Suite struct PacerTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.write("story.txt", "The fox walked home. It was night.")
  }

  private func studio(_ extra: [String] = ["--no-cache"]) throws -> Studio {
    let render = try Render.parse(
      [folder.path("story.txt"), "--size", "64", "--fps", "24"] + Command.model + extra)
    let file = try StoryFile(path: render.story)
    let settings = try render.shoot.settings(of: file)
    var progress = Progress(style: .silent)
    let soundtrack = try render.shoot.soundtrack(of: file, &progress)
    return try render.shoot.studio(for: file, settings, soundtrack)
  }

  private func travel(_ studio: Studio) throws -> Int {
    try #require(studio.production.plan.legs.firstIndex { Pacer.probes(of: $0) > 0 })
  }

  @Test func itEndsWithinAPictureWhenNobodyWaits() throws {
    let studio = try studio()
    let (pacer, leg) = (try #require(studio.pacer), try travel(studio))
    var asked = 0
    #expect(throws: CancellationError.self) {
      try pacer.paced(studio.production.plan, leg: leg) {
        asked += 1
        return studio.painter.looks < 5
      }
    }
    #expect(studio.painter.looks == 5)
    #expect(asked > 5)
  }

  @Test func whatIsInTheStoreIsNotDrawnToLookAtIt() throws {
    let arguments = ["--cache-dir", folder.path("store")]
    let first = try studio(arguments)
    let plan = first.production.plan
    let recipe = plan.probe(leg: try travel(first), blend: 0.25)
    let rgb = try first.painter.paint(recipe)
    first.cache?.finish()
    let second = try studio(arguments)
    let painter = second.painter
    #expect(try painter.look(recipe) == rgb)
    #expect(painter.looks == 0)
    // As a frame it counts as found, neither as drawn nor as looked at.
    painter.hold([recipe: rgb])
    #expect(try painter.paint(recipe) == rgb)
    #expect((painter.found, painter.drawn, painter.used) == (1, 0, 0))
  }
}
