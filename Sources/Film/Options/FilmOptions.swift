import Foundation

/// What a film looks like as a file.
public struct FilmOptions: Sendable, Equatable {
  /// Pixels across.
  public var width: Int
  /// Pixels down.
  public var height: Int
  /// Frames a second.
  public var fps: FrameRate
  /// How pictures are encoded.
  public var codec: Codec
  /// What kind of file holds them.
  public var container: Container
  /// Quality, smaller is better; nil takes the codec's default (18 for H.264).
  public var crf: Int?
  /// The encoder's own name for its trade of time against size; nil takes a sensible one.
  public var preset: String?
  /// Threads of the encoder: few, so that the model keeps the processor.
  public var threads: Int
  /// Frames that may wait for the encoder before `append` blocks.
  public var queue: Int
  /// Whether subtitles are drawn into the pictures instead of written as a track.
  public var burnsSubtitles: Bool

  /// Options for a file of this name, whose extension picks container and codec (H.264 in MP4
  /// where it has none that is known).
  public init(
    path: String, width: Int, height: Int, fps: FrameRate = FrameRate(24), codec: Codec? = nil,
    crf: Int? = nil, preset: String? = nil, threads: Int = 1, queue: Int = 8,
    burnsSubtitles: Bool = false
  ) {
    self.width = width
    self.height = height
    self.fps = fps
    self.container = Container(path: path) ?? .mp4
    self.codec = codec ?? self.container.defaultCodec
    self.crf = crf
    self.preset = preset
    self.threads = threads
    self.queue = queue
    self.burnsSubtitles = burnsSubtitles
  }

  /// Bytes of one RGB frame.
  public var frameBytes: Int { width * height * 3 }
}

extension FilmOptions {
  /// Refuses what no encoder could do, in the user's words, before anything is created.
  public func validate() throws(FilmError) {
    guard (1...16384).contains(width), (1...16384).contains(height) else {
      throw .options("a film of \(width)x\(height) is impossible: choose 16x16 to 16384x16384")
    }
    guard fps.num > 0, fps.den > 0, fps.value <= 1000, fps.value >= 0.001,
      fps.num <= Int(Int32.max), fps.den <= Int(Int32.max)
    else {
      throw .options("\(fps) frames a second is impossible: choose 1 to 120")
    }
    guard container.codecs.contains(codec) else {
      let names = container.codecs.map(\.rawValue).joined(separator: ", ")
      throw .options("\(codec.rawValue) doesn't fit into .\(container.rawValue): choose \(names)")
    }
    let profile = codec.profile
    guard width % profile.widthStep == 0, height % profile.heightStep == 0 else {
      let better =
        "\(width.rounded(to: profile.widthStep))x\(height.rounded(to: profile.heightStep))"
      throw .options(
        "\(codec.rawValue) needs even sizes, not \(width)x\(height): choose \(better)")
    }
    guard width >= profile.smallest, height >= profile.smallest else {
      throw .options(
        "\(codec.rawValue) can't hold \(width)x\(height): \(profile.smallest) pixels is its least")
    }
    if let crf, !profile.crf.contains(crf) {
      throw .options(
        profile.crf.isEmpty
          ? "\(codec.rawValue) has no crf"
          : "crf \(crf) is impossible for \(codec.rawValue): choose "
            + "\(profile.crf.lowerBound) to \(profile.crf.upperBound - 1)")
    }
    guard (1...64).contains(threads), queue >= 1 else {
      throw .options("the encoder needs 1 to 64 threads and room for a frame")
    }
  }
}

extension Int {
  fileprivate func rounded(to step: Int) -> Int { (self + step - 1) / step * step }
}
