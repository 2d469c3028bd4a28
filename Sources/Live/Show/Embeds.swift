/// What the text encoders make of a text; to the show it is a point that it moves towards.
public struct Embeds: Equatable, Sendable {
  /// One row a token, row-major.
  public var tokens: [Float]
  /// The whole text in one row; empty for models without it.
  public var pooled: [Float]

  /// Embeds of these numbers.
  public init(tokens: [Float], pooled: [Float]) {
    self.tokens = tokens
    self.pooled = pooled
  }
}
