import Film
import Story
import Travel

/// What a film would take, told before it is made.
struct RenderPlan {
  let studio: Studio

  /// The timeline, and the numbers. Two pictures are drawn, to know how long one takes.
  func text() throws -> String {
    let plan = studio.production.plan
    let drawings = studio.production.drawings(of: 0..<plan.frameCount)
    let probes = studio.lookahead(0..<plan.frameCount)
    let seconds = try secondsAPicture()
    let megapixels = Double(studio.size.width * studio.size.height * plan.frameCount) / 1e6
    let stored = drawings + (seconds > Painter.dear ? probes : 0)
    return Timeline.text(of: studio.production.story, as: .table) + """

      film      \(clock(Double(plan.duration) / 1e6)), \(plan.frameCount) frames at \
      \(plan.rate) fps, \(studio.size)
      pictures  \(drawings) to draw, \(plan.frameCount - drawings) held; about \(probes) looks ahead
      time      about \(clock(seconds * Double(drawings + probes))), \(seconds.milliseconds) a picture
      memory    about \((peakMemory * 1.2).short) MiB
      disk      about \((megapixels * Self.filmBytesAPixel).short) MB for the film\(store(stored))

      """
  }

  // Measured on films of picture-book scenes: H.264 at crf 18, and PNG.
  private static let filmBytesAPixel = 0.02
  private static let storeBytesAPixel = 1.2

  private func store(_ pictures: Int) -> String {
    guard studio.cache != nil else { return "" }
    let megapixels = Double(studio.size.width * studio.size.height * pictures) / 1e6
    return ", \((megapixels * Self.storeBytesAPixel).short) MB for the store of pictures"
  }

  /// Seconds for a picture; a look ahead takes as long.
  private func secondsAPicture() throws -> Double {
    let picture = studio.production.plan.portrait(of: 0)
    _ = try studio.painter.draw(picture)
    return try Stopwatch.measure { _ = try studio.painter.draw(picture) }
  }
}
