import Testing
import Travel

@Suite struct FrameRateTests {
  @Test(arguments: [
    ("24", 24, 1), ("30000/1001", 30000, 1001), ("23.976", 24000, 1001), ("29.97", 30000, 1001),
    ("12.5", 25, 2), ("240", 240, 1), ("1", 1, 1), ("60/2", 30, 1),
  ])
  func reads(text: String, numerator: Int, denominator: Int) throws {
    let rate = try #require(FrameRate(text))
    #expect(rate.numerator == numerator)
    #expect(rate.denominator == denominator)
  }

  @Test(arguments: [
    "", "0", "-24", "241", "0.5", "24/0", "a", "1/2/3", "24.", "1e3", ".", "24,5", " 24",
  ])
  func refuses(text: String) {
    #expect(FrameRate(text) == nil)
  }

  @Test func gridNeverDrifts() throws {
    let rate = try #require(FrameRate(30_000, 1001))
    // One day is 2 589 410.59 frames.
    #expect(rate.frameCount(microseconds: 86_400_000_000) == 2_589_411)
    #expect(rate.microseconds(frame: 30_000) == 1_001_000_000)
    #expect(rate.microseconds(frame: 3_000_000) == 100_100_000_000)
  }
}
