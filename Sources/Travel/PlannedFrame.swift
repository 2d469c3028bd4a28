/// What one frame of the film shows.
public struct PlannedFrame: Hashable, Sendable {
  /// Its number, from 0.
  public var index: Int
  /// When it begins, in microseconds.
  public var time: Int
  /// Index of the stop whose sentence is being told.
  public var stop: Int
  /// Index of the leg under way, where one is.
  public var leg: Int?
  /// The picture.
  public var picture: PictureRecipe
  /// The picture that it dissolves into, where it does.
  public var dissolve: Dissolve?

  /// A second picture over the first.
  public struct Dissolve: Hashable, Sendable {
    /// The picture that is coming.
    public var picture: PictureRecipe
    /// Its share, 0...1.
    public var share: Double
  }
}
