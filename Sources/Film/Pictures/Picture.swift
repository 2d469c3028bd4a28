/// A picture: interleaved RGB of 8 or 16 bits, and words that go with it.
public struct Picture: Sendable, Equatable {
  /// Interleaved RGB values.
  public enum Pixels: Sendable, Equatable {
    /// 0 to 255.
    case eight([UInt8])
    /// 0 to 65535.
    case sixteen([UInt16])

    var count: Int {
      switch self {
      case .eight(let values): values.count
      case .sixteen(let values): values.count
      }
    }
  }

  /// Pixels across.
  public var width: Int
  /// Pixels down.
  public var height: Int
  /// The colours.
  public var pixels: Pixels
  /// Metadata: keyword to text.
  public var text: [String: String]

  /// A picture of these values.
  public init(width: Int, height: Int, pixels: Pixels, text: [String: String] = [:]) {
    self.width = width
    self.height = height
    self.pixels = pixels
    self.text = text
  }

  /// A picture of 8 bits a channel.
  public init(width: Int, height: Int, rgb: [UInt8], text: [String: String] = [:]) {
    self.init(width: width, height: height, pixels: .eight(rgb), text: text)
  }

  /// The colours in 8 bits. A value v in 0 ... 1 stored in 16 bits gives the same 8 as v itself.
  public var rgb: [UInt8] {
    switch pixels {
    case .eight(let values): values
    case .sixteen(let values): values.map { UInt8((UInt32($0) + 128) / 257) }
    }
  }

  /// "256x256".
  public var size: String { "\(width)x\(height)" }
}
