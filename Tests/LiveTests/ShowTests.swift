import Foundation
import Synchronization
import Testing
import Travel

@testable import Live

/// Embeds of a few numbers.
private func embeds(_ values: Float...) -> Embeds { Embeds(tokens: values, pooled: [values[0]]) }

/// The largest difference of two frames' embeds.
private func distance(_ a: Show.Frame?, _ b: Embeds) -> Float {
  guard let a else { return .infinity }
  return zip(a.embeds.tokens, b.tokens).map { abs($0 - $1) }.max() ?? 0
}

@Suite struct ShowTests {
  @Test func showsNothingBeforeThereIsAText() {
    var show = Show()
    #expect(show.frame(after: 1) == nil)
    show.aim(at: embeds(1, 2))
    #expect(show.frame(after: 0)?.embeds == embeds(1, 2))
  }

  @Test func arrivesWithoutSwingingPast() {
    var show = Show()
    show.aim(at: embeds(0))
    _ = show.frame(after: 0)
    show.aim(at: embeds(1))
    var last: Float = 0
    for _ in 0..<48 {
      let value = show.frame(after: 1.0 / 24)?.embeds.tokens[0] ?? .nan
      #expect(value >= last && value <= 1.00001)
      last = value
    }
    #expect(abs(last - 1) < 1e-3)
    #expect(show.isAtRest)
  }

  @Test func neverJumpsHoweverOftenTheTargetChanges() {
    var show = Show()
    show.aim(at: embeds(0))
    var place = show.frame(after: 0)?.embeds.tokens[0] ?? .nan
    var speed: Float = 0
    for step in 0..<300 {
      if step % 3 == 0 { show.aim(at: embeds(step % 2 == 0 ? 1 : -1)) }
      let next = show.frame(after: 0.01)?.embeds.tokens[0] ?? .nan
      // The spring pulls with at most rate² × 2, so speed changes by less than that × 0.01.
      #expect(abs((next - place) / 0.01 - speed) < 64 * 4 * 0.01 * 1.5)
      speed = (next - place) / 0.01
      place = next
    }
  }

  @Test(arguments: [0.004, 0.02, 0.1]) func pathDoesNotDependOnTheFrameRate(step: Double) {
    var show = Show()
    show.aim(at: embeds(0))
    _ = show.frame(after: 0)
    show.aim(at: embeds(1))
    var frame: Show.Frame?
    for _ in 0..<Int((0.2 / step).rounded()) { frame = show.frame(after: step) }
    let t = 8 * 0.2
    #expect(distance(frame, embeds(Float(1 - (1 + t) * exp(-t)))) < 1e-3)
  }

  @Test func breathesOnlyAtRestAndComesBack() {
    var show = Show(settings: ShowSettings(drift: 0.5))
    show.aim(at: embeds(0))
    let home = NoiseRecipe(NoiseSource(seed: 0))
    for _ in 0..<24 {
      _ = show.frame(after: 0)
      show.aim(at: embeds(.random(in: 0...1)))
      #expect(show.frame(after: 0.02)?.noise == home)
    }
    var furthest = 0.0
    var weights: [Double] = []
    for _ in 0..<24 * 30 {
      guard let frame = show.frame(after: 1.0 / 24) else { return }
      let weight = frame.noise.terms.first { $0.source.field == 1 }?.weight ?? 0
      if let last = weights.last { #expect(abs(weight - last) < 0.5 / 24 * 1.1) }
      weights.append(weight)
      furthest = max(furthest, abs(weight))
    }
    #expect(furthest > 0.4 && furthest < 0.5)
    #expect((weights.min() ?? 0) < -0.4)
  }

  @Test func anotherSeedIsReachedOnTheSphere() {
    var show = Show(settings: ShowSettings(seed: 1, drift: 0))
    show.aim(at: embeds(0))
    _ = show.frame(after: 0)
    show.settings.seed = 2
    for _ in 0..<24 * 4 {
      let terms = show.frame(after: 1.0 / 24)?.noise.terms ?? []
      #expect(abs(terms.reduce(0) { $0 + $1.weight * $1.weight } - 1) < 1e-9)
    }
    #expect(show.frame(after: 0.1)?.noise == NoiseRecipe(NoiseSource(seed: 2)))
  }

  @Test func settingsStayInTheirRanges() {
    let wild = ShowSettings(pace: .nan, seed: .max, drift: -3)
    #expect(wild == ShowSettings(pace: 1, seed: 1 << 53, drift: 0))
    #expect(ShowSettings(pace: 1e9).pace == 4)
  }
}

@Suite struct StageTests {
  /// A crew that notes what it was asked for, and whose work takes time.
  private final class Notes {
    var time = 0.0
    var encoded: [String] = []
    var drawn = 0
    var crew: Crew {
      Crew(
        encode: { passage in
          self.time += 0.005
          self.encoded.append(passage.text)
          return embeds(Float(passage.text.count))
        },
        draw: { _, _ in
          self.time += 0.1
          self.drawn += 1
          return [UInt8(self.drawn)]
        })
    }
  }

  @Test func skipsTextThatComesFasterThanItCanBeDrawn() throws {
    let notes = Notes()
    var stage = Stage(crew: notes.crew)
    var director = Director()
    var keys: [UInt32] = []
    let text = "a fox in the snow"
    for length in 1...text.count {
      director.type(String(text.prefix(length)), key: UInt32(length))
      // Three keys come while one picture is drawn.
      guard length % 3 == 0 || length == text.count else { continue }
      let shown = try stage.picture(
        of: director.wish(at: notes.time), settings: ShowSettings(), clock: { notes.time })
      keys.append(shown?.key ?? 0)
    }
    #expect(keys == [3, 6, 9, 12, 15, 17])
    #expect(notes.encoded.last == text)
    #expect(notes.encoded.count == 6)
  }

  @Test func aPictureThatIsNotWantedAnyMoreLeavesNoTrace() throws {
    let notes = Notes()
    let crew = Crew(encode: notes.crew.encode) { frame, goesOn in
      guard goesOn() else { throw CancellationError() }
      return try notes.crew.draw(frame, goesOn)
    }
    var stage = Stage(crew: crew)
    var director = Director()
    director.type("a fox", key: 1)
    let wish = director.wish(at: 0)
    #expect(throws: CancellationError.self) {
      try stage.picture(
        of: wish, settings: ShowSettings(), clock: { notes.time }, while: { false })
    }
    let shown = try stage.picture(of: wish, settings: ShowSettings(), clock: { notes.time })
    #expect(shown?.number == 1 && shown?.key == 1)
    #expect(notes.encoded == ["a fox"])
  }

  @Test func encodesATextOnce() throws {
    let notes = Notes()
    var stage = Stage(crew: notes.crew)
    var director = Director()
    director.type("a fox", key: 1)
    for number in 1...5 {
      let shown = try stage.picture(
        of: director.wish(at: notes.time), settings: ShowSettings(), clock: { notes.time })
      #expect(shown?.number == number)
    }
    #expect(notes.encoded == ["a fox"])
  }
}

@Suite struct PerformanceTests {
  /// What was shown.
  private final class Screen: Sendable {
    let keys = Mutex<[UInt32]>([])
  }

  /// When things happened.
  private final class Times: Sendable {
    let all = Mutex<[Double]>([])
  }

  @Test(.timeLimit(.minutes(1))) func whatHappensBeforeTheShowIsItsBeginning() throws {
    let performance = Performance(settings: ShowSettings(), rate: 1000)
    let times = Times()
    performance.add { (_: Happening, time: Double) in times.all.withLock { $0.append(time) } }
    // Else a key of before would come after one of later in the journal.
    usleep(50_000)
    performance.take(.typed("a", key: 1))
    let crew = Crew(encode: { _ in embeds(1) }) { _, _ in
      performance.take(.typed("a fox", key: 2))
      performance.stop()
      return [0]
    }
    try performance.run(crew)
    let all = times.all.withLock { $0 }
    #expect(all.count == 2 && all.first == 0 && all == all.sorted())
  }

  @Test(.timeLimit(.minutes(1))) func aKeyNeedNotWaitForAPictureWithoutNews() throws {
    let performance = Performance(settings: ShowSettings(), rate: 1000)
    let screen = Screen()
    performance.add { shown in screen.keys.withLock { $0.append(shown.key) } }
    var drawings = 0
    var given = 0
    let crew = Crew(encode: { embeds(Float($0.text.count)) }) { _, goesOn in
      drawings += 1
      switch drawings {
      case 1: usleep(200_000)
      // The picture of key 1 again, which takes as long as it likes: then comes key 2.
      case 2:
        performance.take(.typed("a fox", key: 2))
        while goesOn() { usleep(1000) }
        given += 1
        throw CancellationError()
      // The one that shows key 2 is finished, whatever comes meanwhile.
      case 3:
        performance.take(.typed("a fox ran", key: 3))
        #expect(goesOn())
      default: performance.stop()
      }
      return [UInt8(drawings)]
    }
    performance.take(.typed("a", key: 1))
    try performance.run(crew)
    #expect(screen.keys.withLock { $0 } == [1, 2, 3])
    #expect(given == 1)
  }
}
