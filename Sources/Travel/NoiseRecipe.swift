import Foundation

/// The noise of one picture, as data: a unit vector over independent noise fields.
///
/// The fields are independent and standard normal, and the weights' squares add up to 1, so what is
/// combined is standard normal too; a plain average would be greyer than anything the model knows.
public struct NoiseRecipe: Hashable, Sendable, Codable {
  /// One field and its share.
  public struct Term: Hashable, Sendable, Codable {
    /// The field.
    public var source: NoiseSource
    /// Its weight; the squares of all weights add up to 1.
    public var weight: Double
  }

  /// The fields used, in the order of their sources, none with weight 0.
  public let terms: [Term]

  /// One field alone.
  public init(_ source: NoiseSource) {
    terms = [Term(source: source, weight: 1)]
  }

  /// The recipe in the direction of `weights`.
  private init(direction weights: [NoiseSource: Double]) {
    let length = weights.values.sorted().reduce(0) { $0 + $1 * $1 }.squareRoot()
    terms = weights.filter { abs($0.value) > 1e-12 * length }
      .map { Term(source: $0.key, weight: $0.value / length) }
      .sorted { $0.source < $1.source }
  }

  /// This recipe with `other` mixed in: `angle` radians towards it where the two share no field.
  public func leaning(to other: NoiseRecipe, by angle: Double) -> NoiseRecipe {
    combined(cos(angle), with: other, sin(angle))
  }

  /// The point at `t` of the great circle's arc from this recipe to `other`.
  public func slerp(to other: NoiseRecipe, at t: Double) -> NoiseRecipe {
    if t <= 0 || self == other { return self }
    if t >= 1 { return other }
    let mine = Dictionary(uniqueKeysWithValues: terms.map { ($0.source, $0.weight) })
    let cosine = other.terms.reduce(0) { $0 + $1.weight * (mine[$1.source] ?? 0) }
    let angle = acos(min(max(cosine, -1), 1))
    guard angle > 1e-6 else { return self }
    return combined(sin((1 - t) * angle), with: other, sin(t * angle))
  }

  /// This recipe with every field turned `angle` radians towards its own second field.
  public func drifted(by angle: Double) -> NoiseRecipe {
    var weights: [NoiseSource: Double] = [:]
    for term in terms {
      let second = NoiseSource(seed: term.source.seed, field: term.source.field + 1)
      weights[term.source, default: 0] += term.weight * cos(angle)
      weights[second, default: 0] += term.weight * sin(angle)
    }
    return NoiseRecipe(direction: weights)
  }

  /// This recipe as `camera` sees it, `seconds` after it started.
  func seen(by camera: Camera, after seconds: Double) -> NoiseRecipe {
    var weights: [NoiseSource: Double] = [:]
    for term in terms {
      for (view, weight) in camera.views(at: seconds) {
        var source = term.source
        source.view = view
        weights[source, default: 0] += term.weight * weight
      }
    }
    return NoiseRecipe(direction: weights)
  }

  /// The noise itself, made of the fields that `field` returns, all of one length.
  public func noise(from field: (NoiseSource) throws -> [Float]) rethrows -> [Float] {
    var sum: [Float] = []
    for term in terms {
      let values = try field(term.source)
      let weight = Float(term.weight)
      if sum.isEmpty {
        sum = weight == 1 ? values : values.map { $0 * weight }
      } else {
        precondition(values.count == sum.count, "noise fields of different lengths")
        for i in sum.indices { sum[i] += weight * values[i] }
      }
    }
    return sum
  }

  private func combined(_ a: Double, with other: NoiseRecipe, _ b: Double) -> NoiseRecipe {
    var weights: [NoiseSource: Double] = [:]
    for term in terms { weights[term.source, default: 0] += a * term.weight }
    for term in other.terms { weights[term.source, default: 0] += b * term.weight }
    return NoiseRecipe(direction: weights)
  }
}
