import CFFmpeg

/// Sound of any origin in the rate and sample format that is wanted, in pieces of any size.
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
  private var outputRate = 0
  private var outputChannels = 0
  /// The stretches still to come; nil where all of the sound is wanted.
  private var clips: [SoundClip]?
  /// Samples read so far, in the encoder's rate.
  private var position = 0

  init(_ audio: Audio) throws(FilmError) {
    switch audio {
    case .file(let path):
      origin = .file(try AudioDecoder(path: path))
      name = path
    case .clips(let path, let clips):
      origin = .file(try AudioDecoder(path: path))
      name = path
      self.clips = clips.reversed()
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
  func prepare(
    _ format: AVSampleFormat, rate: Int32, layout: UnsafeMutablePointer<AVChannelLayout>
  ) throws(FilmError) {
    self.format = format
    outputRate = Int(rate)
    outputChannels = Int(layout.pointee.nb_channels)
    let code = swr_alloc_set_opts2(
      &resampler, layout, format, rate, &frame.raw.pointee.ch_layout,
      AVSampleFormat(rawValue: frame.raw.pointee.format), frame.raw.pointee.sample_rate, 0, nil)
    try check(code, "converting the sound", name)
    try check(swr_init(resampler), "converting the sound", name)
    fifo = try allocated(
      av_audio_fifo_alloc(format, layout.pointee.nb_channels, 8192), "sound", name)
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
    try keep(converted, Int(count))
  }

  /// Takes what belongs to the stretches out of the next `count` samples.
  private func keep(_ frame: Frame, _ count: Int) throws(FilmError) {
    guard clips != nil else { return try write(frame, 0..<count) }
    let here = position..<position + count
    position += count
    while let clip = clips?.last {
      guard let start = clip.start else {
        try writeSilence(samples(clip.duration))
        clips?.removeLast()
        continue
      }
      let wanted = samples(start)..<max(samples(start), samples(start + clip.duration))
      let part = wanted.clamped(to: here)
      if !part.isEmpty {
        try write(frame, part.lowerBound - here.lowerBound..<part.upperBound - here.lowerBound)
      }
      if wanted.upperBound > here.upperBound { return }
      clips?.removeLast()
    }
    isAtEnd = true
  }

  private func samples(_ seconds: Double) -> Int { Int((seconds * Double(outputRate)).rounded()) }

  private func write(_ frame: Frame, _ range: Range<Int>) throws(FilmError) {
    guard !range.isEmpty else { return }
    let isPlanar = av_sample_fmt_is_planar(format) != 0
    let step = Int(av_get_bytes_per_sample(format)) * (isPlanar ? 1 : outputChannels)
    guard let source = fabula_planes(frame.raw) else { return }
    var planes: [UnsafeMutableRawPointer?] = (0..<8).map { plane in
      source[plane].map { UnsafeMutableRawPointer($0) + range.lowerBound * step }
    }
    let written = av_audio_fifo_write(fifo, &planes, Int32(range.count))
    try check(written, "converting the sound", name)
  }

  private func writeSilence(_ count: Int) throws(FilmError) {
    guard count > 0 else { return }
    let isPlanar = av_sample_fmt_is_planar(format) != 0
    let bytes = count * Int(av_get_bytes_per_sample(format)) * (isPlanar ? 1 : outputChannels)
    // All formats that encoders take here are signed: silence is zero.
    var zeros = [UInt8](repeating: 0, count: bytes)
    let written = zeros.withUnsafeMutableBytes { buffer in
      var planes = [UnsafeMutableRawPointer?](repeating: buffer.baseAddress, count: 8)
      return av_audio_fifo_write(fifo, &planes, Int32(count))
    }
    try check(written, "converting the sound", name)
  }

  private static func read(_ origin: Origin, into frame: Frame) throws(FilmError) -> Bool {
    switch origin {
    case .file(let decoder): try decoder.read(into: frame)
    case .buffer(let feed): try feed.read(into: frame)
    }
  }
}
