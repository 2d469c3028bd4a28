/// What is good and bad about the pictures of a film.
public struct QualityReport: Sendable, Equatable {
  /// The motion of one travel.
  public struct Travel: Sendable, Equatable {
    /// The travel's number.
    public var number: Int
    /// The largest change over the mean; 1 is perfect.
    public var evenness: Double
    /// What it was before something was done about it, where that is known.
    public var before: Double?
    /// The mean change a frame, 0 to 1.
    public var meanChange: Double
    /// The frame with the largest change.
    public var worstFrame: Int
    /// How many frames it has.
    public var frames: Int

    /// Whether it changes by less than a tenth of a level of 255 a frame: nobody sees it move, and
    /// how it does is decided by the rounding to eight bits.
    public var isFaint: Bool { meanChange < 0.1 / 255 }
  }

  /// A frame worth a look, with its picture and the one before, both small.
  public struct Place: Sendable, Equatable {
    /// The frame's number.
    public var frame: Int
    /// What is wrong with it.
    public var reason: String
    /// How bad it is; comparable among places of one reason only.
    public var weight: Double
    /// The frame before, where there is one, and the frame.
    public var pictures: [Picture]
  }

  /// How many frames there are.
  public var frames: Int
  /// The travels in their order.
  public var travels: [Travel]
  /// The mean change a frame where the picture should stand still, 0 to 1.
  public var flicker: Double
  /// Frames that should stand still.
  public var holdFrames: Int
  /// The numbers of black frames.
  public var black: [Int]
  /// The numbers of frames of one colour that isn't black.
  public var constant: [Int]
  /// The worst places, worst first.
  public var places: [Place]

  /// The worst evenness of all travels that are not faint, 1 without any.
  public var evenness: Double { travels.filter { !$0.isFaint }.map(\.evenness).max() ?? 1 }

  /// The same before something was done about it; nil where it is not known.
  public var evennessBefore: Double? {
    travels.filter { !$0.isFaint }.compactMap(\.before).max()
  }
}
