import CFFmpeg

/// Hands out a buffer of interleaved samples in frames, as a decoder would.
final class SampleFeed {
  private let samples: [Float]
  private let rate: Int
  private let channels: Int
  private var position = 0

  init(_ samples: [Float], rate: Int, channels: Int) throws(FilmError) {
    guard (1...64).contains(channels), (1000...768_000).contains(rate),
      samples.count % channels == 0
    else {
      throw .options("\(samples.count) samples, \(channels) channels, \(rate) Hz aren't sound")
    }
    self.samples = samples
    self.rate = rate
    self.channels = channels
  }

  /// Fills `frame` with the next stretch of sound; false at the end.
  func read(into frame: Frame) throws(FilmError) -> Bool {
    let count = min(4096, samples.count / channels - position)
    guard count > 0 else { return false }
    av_frame_unref(frame.raw)
    frame.raw.pointee.nb_samples = Int32(count)
    frame.raw.pointee.format = AV_SAMPLE_FMT_FLT.rawValue
    frame.raw.pointee.sample_rate = Int32(rate)
    av_channel_layout_default(&frame.raw.pointee.ch_layout, Int32(channels))
    try check(av_frame_get_buffer(frame.raw, 0), "allocating sound", "the sound")
    let range = position * channels..<(position + count) * channels
    samples[range].withUnsafeBytes { bytes in
      guard let target = fabula_planes(frame.raw)[0], let source = bytes.baseAddress else { return }
      UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: bytes.count)
    }
    position += count
    return true
  }
}
