import Travel

/// What a live show shows: a point in the space of texts and a noise, both on the move.
///
/// It has no clock and draws nothing. A text becomes the target by ``aim(at:)``, at any moment
/// and without a jump, and ``frame(after:)`` says what to draw next.
public struct Show: Sendable {
  /// What one picture is drawn from.
  public struct Frame: Equatable, Sendable {
    /// The text, or what lies between two.
    public var embeds: Embeds
    /// The noise.
    public var noise: NoiseRecipe

    /// A picture of these embeds and this noise.
    public init(embeds: Embeds, noise: NoiseRecipe) {
      self.embeds = embeds
      self.noise = noise
    }
  }

  /// What may be turned while it runs.
  public var settings: ShowSettings
  private var tokens: Glide?
  private var pooled: Glide?
  private var breath: Breath
  private var rest = 0.0

  /// At pace 1 a picture is half way to a new text after a fifth of a second.
  private static let rate = 8.0

  /// A show of which nothing is seen yet.
  public init(settings: ShowSettings = ShowSettings()) {
    self.settings = settings
    breath = Breath(seed: settings.seed)
  }

  /// Whether the picture is where the text is, as far as an eye can tell.
  public var isAtRest: Bool { rest * Self.rate * settings.pace > 8 }

  /// Makes these embeds what the picture goes to, from whatever it shows now. The first ones are
  /// shown at once.
  public mutating func aim(at embeds: Embeds) {
    guard tokens != nil, pooled != nil else {
      tokens = Glide(at: embeds.tokens)
      pooled = Glide(at: embeds.pooled)
      return
    }
    if tokens?.target != embeds.tokens || pooled?.target != embeds.pooled { rest = 0 }
    tokens?.target = embeds.tokens
    pooled?.target = embeds.pooled
  }

  /// What to draw `seconds` after the last frame; nil before there was a text.
  public mutating func frame(after seconds: Double) -> Frame? {
    // After a pause of the machine the show goes on where it was instead of jumping ahead.
    let seconds = min(max(seconds, 0), 0.5)
    let rate = Self.rate * settings.pace
    rest += seconds
    tokens?.advance(by: seconds, rate: rate)
    pooled?.advance(by: seconds, rate: rate)
    breath.advance(by: seconds, settings: settings, rest: rest, rate: rate)
    guard let tokens, let pooled else { return nil }
    return Frame(
      embeds: Embeds(tokens: tokens.position, pooled: pooled.position), noise: breath.recipe)
  }
}
