import CFFmpeg

/// Sound as samples of one channel, read whole.
public struct Sound: Sendable, Equatable {
  /// The sound, from -1 to 1.
  public var samples: [Float]
  /// Samples a second.
  public var rate: Int

  /// How long it lasts, in seconds.
  public var duration: Double { Double(samples.count) / Double(rate) }

  /// Reads sound, its channels mixed down to one; `rate` converts it to so many samples a second.
  public init(reading audio: Audio, rate: Int? = nil) throws(FilmError) {
    let source = try SoundSource(audio)
    self.rate = rate ?? source.rate
    var layout = AVChannelLayout()
    av_channel_layout_default(&layout, 1)
    try source.prepare(AV_SAMPLE_FMT_FLT, rate: Int32(self.rate), layout: &layout)
    samples = []
    let piece = 1 << 16
    let frame = try Frame()
    frame.raw.pointee.nb_samples = Int32(piece)
    frame.raw.pointee.format = AV_SAMPLE_FMT_FLT.rawValue
    frame.raw.pointee.ch_layout = layout
    try check(av_frame_get_buffer(frame.raw, 0), "allocating sound", "the sound")
    while true {
      let count = try source.read(piece, into: frame)
      guard count > 0, let plane = fabula_planes(frame.raw)[0] else { return }
      plane.withMemoryRebound(to: Float.self, capacity: count) {
        samples += UnsafeBufferPointer(start: $0, count: count)
      }
    }
  }
}
