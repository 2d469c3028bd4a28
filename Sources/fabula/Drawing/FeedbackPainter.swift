import Foundation
import Travel

/// Paints every frame over the one before it: frame k depends on all frames of its shot up to k.
///
/// A shot begins with a picture from noise alone. Where the plan holds a picture it stays what it
/// is. The name of a picture in the store holds that of the one before, and its latents are kept
/// beside it, so that a film goes on where it stopped and any frame can be had again.
final class FeedbackPainter {
  private let painter: Painter
  private let plan: FramePlan
  private let strength: Double
  /// The last picture of each shot under way: two during a dissolve.
  private var links: [Int: Link] = [:]

  private struct Link {
    var recipe: PictureRecipe
    /// Its name in the store; empty where there is none.
    var key: String
    var latents: [Float]
    /// nil where the picture is in the store and nobody wanted to see it.
    var rgb: [UInt8]?
  }

  /// A painter that keeps the share 1 - `strength` of the timesteps of the frame before.
  init(painter: Painter, plan: FramePlan, strength: Double) {
    self.painter = painter
    self.plan = plan
    self.strength = strength
  }

  /// The frame as RGB. All frames of its shot before it must have been painted or passed.
  func paint(_ frame: PlannedFrame) throws -> [UInt8] {
    let picture = try picture(frame.picture)
    guard let dissolve = frame.dissolve else { return picture }
    return crossFade(picture, try self.picture(dissolve.picture), share: dissolve.share)
  }

  /// Goes through a frame that nobody wants to see, as far as it belongs to `shot` or a later one.
  func pass(_ frame: PlannedFrame, from shot: Int) throws {
    for recipe in [frame.picture, frame.dissolve?.picture].compactMap(\.self)
    where plan.shot(of: recipe.from) >= shot {
      _ = try link(recipe, isSeen: false)
    }
  }

  private func picture(_ recipe: PictureRecipe) throws -> [UInt8] {
    let link = try link(recipe, isSeen: true)
    guard let rgb = link.rgb else { preconditionFailure("a seen picture has colours") }
    return rgb
  }

  private func link(_ recipe: PictureRecipe, isSeen: Bool) throws -> Link {
    let shot = plan.shot(of: recipe.from)
    let last = links[shot]
    if let last, last.recipe == recipe {
      if !isSeen || last.rgb != nil { return last }
      if let rgb = painter.stored(last.key) {
        links[shot]?.rgb = rgb
        return links[shot] ?? last
      }
      // Somebody took the picture away; its latents tell what it was.
      links[shot]?.rgb = try painter.decode(last.latents)
      return links[shot] ?? last
    }
    let link = try stored(recipe, after: last, isSeen) ?? drawn(recipe, after: last)
    links = links.filter { $0.key >= shot - 1 }
    links[shot] = link
    return link
  }

  private func key(_ recipe: PictureRecipe, after last: Link?) -> String {
    guard let keys = painter.store?.keys else { return "" }
    guard let last else { return keys.key(recipe) }
    return keys.key(recipe, over: last.key, strength: strength)
  }

  private func stored(
    _ recipe: PictureRecipe, after last: Link?, _ isSeen: Bool
  ) throws -> Link? {
    let key = key(recipe, after: last)
    let count = painter.engine.latentShape.reduce(1, *)
    guard let data = painter.store?.cache.data(key, kind: Self.kind),
      data.count == count * MemoryLayout<Float>.stride
    else { return nil }
    let latents = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    guard isSeen else { return Link(recipe: recipe, key: key, latents: latents) }
    return painter.stored(key).map { Link(recipe: recipe, key: key, latents: latents, rgb: $0) }
  }

  private func drawn(_ recipe: PictureRecipe, after last: Link?) throws -> Link {
    let key = key(recipe, after: last)
    let drawing =
      if let last {
        try painter.draw(recipe, over: moved(last.latents), strength: strength)
      } else {
        try painter.draw(recipe)
      }
    let latents = drawing.denoisedLatents
    painter.store?.cache.store(latents.withUnsafeBytes { Data($0) }, key, kind: Self.kind)
    painter.keep(drawing.rgb, key)
    return Link(recipe: recipe, key: key, latents: latents, rgb: drawing.rgb)
  }

  private static let kind = "latents"

  /// The latents as the camera sees them a frame later; what comes in at the edges is what was
  /// there, until it is drawn over.
  private func moved(_ latents: [Float]) -> [Float] {
    let step = plan.cameraStep
    guard step != .still else { return latents }
    let (height, width) = (painter.engine.latentShape[1], painter.engine.latentShape[2])
    let plane = width * height
    return stride(from: 0, to: latents.count, by: plane).flatMap { start in
      step.picture(width: width, height: height, keepsVariance: false) { x, y in
        latents[start + min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1)]
      }
    }
  }
}
