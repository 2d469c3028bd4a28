/// Measures a film frame by frame, in memory that doesn't grow with its length: a few numbers a
/// travel and the pictures of the worst places.
public struct QualityMeter: Sendable {
  private struct Moving {
    var sum = 0.0
    var largest = -1.0
    var worstFrame = 0
    var frames = 0
    var pictures: [Picture] = []
  }

  private let width: Int
  private let height: Int
  private let placesKept: Int
  private var last: [UInt8]?
  private var frames = 0
  private var travels: [Int: Moving] = [:]
  private var order: [Int] = []
  private var flicker = 0.0
  private var holds = 0
  private var black: [Int] = []
  private var constant: [Int] = []
  private var places: [QualityReport.Place] = []

  /// A meter for frames of one size; `places` is how many bad ones are kept as pictures.
  public init(width: Int, height: Int, places: Int = 12) {
    self.width = width
    self.height = height
    placesKept = places
  }

  /// Takes the next frame: interleaved RGB, and what it should do.
  public mutating func add(_ rgb: [UInt8], _ kind: FrameKind) throws(FilmError) {
    guard rgb.count == width * height * 3 else {
      throw .frameSize(
        path: "the quality report", expected: "\(width)x\(height)", found: "\(rgb.count) bytes")
    }
    try inspect(rgb)
    if let last {
      let change = Motion.change(last, rgb)
      switch kind {
      case .cut: break
      case .hold: try addHold(change, last, rgb)
      case .travel(let number): try addTravel(number, change, last, rgb)
      }
    }
    last = rgb
    frames += 1
  }

  /// What was found so far.
  public var report: QualityReport {
    let moving = order.compactMap { number in travels[number].map { (number, $0) } }
    let motions = moving.map { number, travel in
      let mean = travel.sum / Double(travel.frames)
      return QualityReport.Travel(
        number: number, evenness: mean > 0 ? max(1, travel.largest / mean) : 1, meanChange: mean,
        worstFrame: travel.worstFrame, frames: travel.frames)
    }
    let jumps = zip(moving, motions).filter { $1.evenness > 1.5 && !$1.isFaint }.map {
      travel, motion in
      QualityReport.Place(
        frame: motion.worstFrame, reason: "moves farther than the rest of its travel",
        weight: motion.evenness, pictures: travel.1.pictures)
    }
    let worst = places + jumps.sorted { $0.weight > $1.weight }.prefix(placesKept)
    return QualityReport(
      frames: frames, travels: motions, flicker: holds > 0 ? flicker / Double(holds) : 0,
      holdFrames: holds, black: black, constant: constant, places: worst)
  }

  private mutating func inspect(_ rgb: [UInt8]) throws(FilmError) {
    let statistics = FrameStatistics(rgb)
    guard statistics.isBlack || statistics.isConstant else { return }
    let known = statistics.isBlack ? black.last : constant.last
    if statistics.isBlack { black.append(frames) } else { constant.append(frames) }
    // Of a run of such frames the first one is enough to look at.
    if known == frames - 1, frames > 0 { return }
    try keep(
      QualityReport.Place(
        frame: frames, reason: statistics.isBlack ? "black" : "one colour", weight: 1,
        pictures: [thumbnail(rgb)]))
  }

  private mutating func addHold(_ change: Double, _ last: [UInt8], _ rgb: [UInt8])
    throws(FilmError)
  {
    flicker += change
    holds += 1
    guard change > 0 else { return }
    try keep(
      QualityReport.Place(
        frame: frames, reason: "flickers", weight: change,
        pictures: [thumbnail(last), thumbnail(rgb)]))
  }

  private mutating func addTravel(
    _ number: Int, _ change: Double, _ last: [UInt8], _ rgb: [UInt8]
  ) throws(FilmError) {
    if travels[number] == nil { order.append(number) }
    var travel = travels[number] ?? Moving()
    travel.sum += change
    travel.frames += 1
    if change > travel.largest {
      travel.largest = change
      travel.worstFrame = frames
      travel.pictures = try [thumbnail(last), thumbnail(rgb)]
    }
    travels[number] = travel
  }

  private mutating func keep(_ place: QualityReport.Place) throws(FilmError) {
    places.append(place)
    let same = places.indices.filter { places[$0].reason == place.reason }
    guard same.count > placesKept else { return }
    if let least = same.min(by: { places[$0].weight < places[$1].weight }) {
      places.remove(at: least)
    }
  }

  private func thumbnail(_ rgb: [UInt8]) throws(FilmError) -> Picture {
    let small = min(width, 160)
    return try Picture(width: width, height: height, rgb: rgb)
      .scaled(width: small, height: max(1, height * small / width))
  }
}
