/// What the text encoders make of a prompt.
public struct PromptEmbeds: Equatable, Sendable {
  /// Penultimate hidden states of all encoders side by side, [T, D] row-major.
  public var tokens: [Float]
  /// The last encoder's projected state at the end token, [P].
  public var pooled: [Float]

  /// Embeds from elsewhere, such as a blend of two prompts' embeds.
  public init(tokens: [Float], pooled: [Float]) {
    self.tokens = tokens
    self.pooled = pooled
  }
}
