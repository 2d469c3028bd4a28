import Testing

@testable import Film

@Suite struct QualityTests {
  @Test func changeIsTheMeanDifference() {
    let black = [UInt8](repeating: 0, count: 12_000)
    let white = [UInt8](repeating: 255, count: 12_000)
    #expect(Motion.change(black, black) == 0)
    #expect(Motion.change(black, white) == 1)
    #expect(Motion.change(white, black) == 1)
    var third = black
    for index in 0..<4000 { third[index] = 255 }
    #expect(abs(Motion.change(black, third) - 1.0 / 3) < 1e-12)
  }

  @Test func evenness() {
    #expect(Motion.evenness([]) == 1)
    #expect(Motion.evenness([0, 0]) == 1)
    #expect(Motion.evenness([0.2, 0.2, 0.2]) == 1)
    #expect(abs(Motion.evenness([0.1, 0.1, 0.4]) - 2) < 1e-12)
  }

  @Test func blackAndConstantPictures() {
    #expect(FrameStatistics([UInt8](repeating: 0, count: 300)).isBlack)
    #expect(!FrameStatistics([UInt8](repeating: 128, count: 300)).isBlack)
    #expect(FrameStatistics([UInt8](repeating: 128, count: 300)).isConstant)
    let picture = FrameStatistics(Pictures.numbered(1))
    #expect(!picture.isBlack && !picture.isConstant)
    // A night scene with a lamp is no black frame.
    #expect(!FrameStatistics([UInt8](repeating: 0, count: 300) + [200, 180, 90]).isBlack)
  }

  @Test func meterFindsWhatIsWrong() throws {
    var meter = QualityMeter(width: 16, height: 16)
    func grey(_ level: Int) -> [UInt8] {
      (0..<16 * 16 * 3).map { UInt8(level + $0 % 32) }
    }
    try meter.add(grey(10), .cut)
    for level in [20, 30, 40] { try meter.add(grey(level), .travel(1)) }
    for level in [50, 60, 100, 110] { try meter.add(grey(level), .travel(2)) }
    for level in [110, 110, 114] { try meter.add(grey(level), .hold) }
    try meter.add([UInt8](repeating: 0, count: 768), .cut)
    try meter.add([UInt8](repeating: 0, count: 768), .hold)
    try meter.add([UInt8](repeating: 90, count: 768), .cut)
    let report = meter.report
    #expect(report.frames == 14)
    #expect(report.travels.map(\.number) == [1, 2])
    #expect(report.travels[0].evenness == 1)
    #expect(abs(report.travels[1].evenness - 40.0 / 17.5) < 1e-9)
    #expect(report.travels[1].worstFrame == 6)
    #expect(abs(report.flicker - 4.0 / 4 / 255) < 1e-9)
    #expect(report.black == [11, 12])
    #expect(report.constant == [13])
    #expect(report.places.map(\.frame).sorted() == [6, 10, 11, 13])
    var known = report
    known.travels[1].before = 3.25
    let told = try known.page(title: "x", fps: FrameRate(24), notes: ["how <it> was measured"])
    #expect(told.contains("<td>3.25</td>") && told.contains("how &lt;it&gt; was measured"))
    let page = try report.page(title: "Der <Fuchs>", fps: FrameRate(24))
    #expect(page.contains("Der &lt;Fuchs&gt;"))
    #expect(page.contains("Frame 6"))
    #expect(page.components(separatedBy: "data:image/png").count == 1 + 2 + 2 + 1 + 1)
  }

  @Test func whatNobodySeesMoveIsNotCounted() throws {
    var meter = QualityMeter(width: 64, height: 64)
    var picture = (0..<64 * 64 * 3).map { UInt8($0 % 200) }
    try meter.add(picture, .cut)
    for changed in [100, 100, 1000, 100] {
      for i in 0..<changed { picture[i] += 1 }
      try meter.add(picture, .travel(0))
    }
    let report = meter.report
    #expect(report.travels[0].isFaint && report.travels[0].evenness > 2)
    #expect(report.evenness == 1 && report.places.isEmpty)
    #expect(try report.page(title: "x", fps: FrameRate(24)).contains("not counted"))
  }

  @Test func wrongSizeIsRefused() {
    var meter = QualityMeter(width: 16, height: 16)
    #expect(throws: FilmError.self) { try meter.add([1, 2, 3], .cut) }
  }
}
