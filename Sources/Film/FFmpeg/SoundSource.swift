import CFFmpeg

/// Sound of any origin in an encoder's rate and sample format, in pieces of any size.
final class SoundSource {
  /// Samples a second and channels of the origin.
  let rate: Int
  let channels: Int
  private enum Origin {
    case file(AudioDecoder)
    case buffer(SampleFeed)
  }
  private let origin: Origin
  private let frame: Frame
  private let name: String
  private var hasFirst: Bool
  private var isAtEnd = false
  private var resampler: OpaquePointer?
  private var fifo: OpaquePointer?
  private var format = AV_SAMPLE_FMT_NONE

  init(_ audio: Audio) throws(FilmError) {
    switch audio {
    case .file(let path):
      origin = .file(try AudioDecoder(path: path))
      name = path
    case .samples(let samples, let rate, let channels):
      origin = .buffer(try SampleFeed(samples, rate: rate, channels: channels))
      name = "the sound"
    }
    // The first frame is read ahead: decoders know rate and channels for sure only then.
    frame = try Frame()
    hasFirst = try Self.read(origin, into: frame)
    guard hasFirst else { throw .unreadable(path: name, reason: "the sound is empty") }
    rate = Int(frame.raw.pointee.sample_rate)
    channels = Int(frame.raw.pointee.ch_layout.nb_channels)
  }

  deinit {
    swr_free(&resampler)
    if let fifo { av_audio_fifo_free(fifo) }
  }

  /// Chooses what `read` delivers; called once, before it.
  func prepare(_ encoder: UnsafeMutablePointer<AVCodecContext>) throws(FilmError) {
    format = encoder.pointee.sample_fmt
    let code = swr_alloc_set_opts2(
      &resampler, &encoder.pointee.ch_layout, format, encoder.pointee.sample_rate,
      &frame.raw.pointee.ch_layout, AVSampleFormat(rawValue: frame.raw.pointee.format),
      frame.raw.pointee.sample_rate, 0, nil)
    try check(code, "converting the sound", name)
    try check(swr_init(resampler), "converting the sound", name)
    fifo = try allocated(
      av_audio_fifo_alloc(format, encoder.pointee.ch_layout.nb_channels, 8192), "sound", name)
  }

  /// Up to `count` samples into `target`, which has room for them; fewer only at the end.
  func read(_ count: Int, into target: Frame) throws(FilmError) -> Int {
    while Int(av_audio_fifo_size(fifo)) < count, !isAtEnd { try fill(target) }
    let available = min(count, Int(av_audio_fifo_size(fifo)))
    guard available > 0 else { return 0 }
    let read = fabula_planes(target.raw).withMemoryRebound(
      to: UnsafeMutableRawPointer?.self, capacity: 8
    ) { av_audio_fifo_read(fifo, $0, Int32(available)) }
    return Int(try check(read, "converting the sound", name))
  }

  private func fill(_ like: Frame) throws(FilmError) {
    if hasFirst {
      hasFirst = false
    } else {
      isAtEnd = try !Self.read(origin, into: frame)
    }
    let incoming = isAtEnd ? 0 : frame.raw.pointee.nb_samples
    let room = try check(swr_get_out_samples(resampler, incoming), "converting the sound", name)
    guard room > 0 else { return }
    let converted = try Frame()
    converted.raw.pointee.nb_samples = room
    converted.raw.pointee.format = format.rawValue
    try check(
      av_channel_layout_copy(&converted.raw.pointee.ch_layout, &like.raw.pointee.ch_layout),
      "converting the sound", name)
    try check(av_frame_get_buffer(converted.raw, 0), "allocating sound", name)
    let count = fabula_planes(frame.raw).withMemoryRebound(
      to: UnsafePointer<UInt8>?.self, capacity: 8
    ) { source in
      swr_convert(resampler, fabula_planes(converted.raw), room, isAtEnd ? nil : source, incoming)
    }
    try check(count, "converting the sound", name)
    let written = fabula_planes(converted.raw).withMemoryRebound(
      to: UnsafeMutableRawPointer?.self, capacity: 8
    ) { av_audio_fifo_write(fifo, $0, count) }
    try check(written, "converting the sound", name)
  }

  private static func read(_ origin: Origin, into frame: Frame) throws(FilmError) -> Bool {
    switch origin {
    case .file(let decoder): try decoder.read(into: frame)
    case .buffer(let feed): try feed.read(into: frame)
    }
  }
}
