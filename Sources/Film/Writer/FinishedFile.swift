import CFFmpeg

/// Copies a part file's packets, adds what is only known at the end (subtitles, chapters, title),
/// and puts the index in front.
struct FinishedFile {
  let options: FilmOptions
  let tracks: FilmTracks
  let frames: Int

  func write(from part: String, to path: String, for name: String) throws(FilmError) {
    let source = try Demuxer(path: part)
    let muxer = try Muxer(path: path, format: options.container.muxer, for: name)
    let media = source.streams
    for stream in media { try copy(stream, to: muxer) }
    let tracks = tracks.clipped(to: options.fps.seconds(frames))
    var pending = try addSubtitles(tracks, muxer)[...]
    let cover = try Cover(
      tracks.cover, options.container, after: media.count + (pending.isEmpty ? 0 : 1))
    try cover?.addStream(to: muxer, options.container)
    try muxer.set(chapters: tracks.chapters)
    try muxer.set(metadata: tracks.tags(for: options.container))
    try muxer.begin(options.container.isMOV ? [("movflags", "faststart")] : [])

    try cover?.write(to: muxer, options.container)
    let packet = try Packet()
    while try source.read(into: packet) {
      let index = Int(packet.raw.pointee.stream_index)
      let timeBase = media[index].pointee.time_base
      let time = Double(packet.raw.pointee.dts) * av_q2d(timeBase)
      while let next = pending.first, next.start <= time {
        try write(pending.removeFirst(), to: media.count, muxer)
      }
      guard cut(packet, media[index]) else { continue }
      try muxer.write(packet, to: index, timeBase: timeBase)
    }
    while !pending.isEmpty { try write(pending.removeFirst(), to: media.count, muxer) }
    try muxer.close()
  }

  private var language: String { threeLetterCode(tracks.language, for: options.container) }

  /// Cuts sound where the pictures end: encoders fill up their last packet. False if nothing is
  /// left of it.
  private func cut(_ packet: Packet, _ stream: UnsafeMutablePointer<AVStream>) -> Bool {
    guard stream.pointee.codecpar.pointee.codec_type == AVMEDIA_TYPE_AUDIO else { return true }
    let end = Int64((options.fps.seconds(frames) / av_q2d(stream.pointee.time_base)).rounded())
    let left = end - packet.raw.pointee.pts
    packet.raw.pointee.duration = min(packet.raw.pointee.duration, left)
    return left > 0
  }

  private func copy(_ stream: UnsafeMutablePointer<AVStream>, to muxer: Muxer) throws(FilmError) {
    let target = try muxer.addStream()
    try check(
      avcodec_parameters_copy(target.pointee.codecpar, stream.pointee.codecpar), "copying",
      muxer.name)
    target.pointee.codecpar.pointee.codec_tag = options.tag(of: stream.pointee.codecpar.pointee)
    target.pointee.disposition = AV_DISPOSITION_DEFAULT
    if stream.pointee.codecpar.pointee.codec_type == AVMEDIA_TYPE_VIDEO {
      target.pointee.time_base = options.fps.timeBase
      target.pointee.avg_frame_rate = options.fps.rational
      target.pointee.r_frame_rate = options.fps.rational
    } else {
      target.pointee.time_base = stream.pointee.time_base
      try check(
        av_dict_set(&target.pointee.metadata, "language", language, 0), "adding sound", muxer.name)
    }
  }

  /// Adds the subtitles' stream and returns what it shows, gaps filled with empty text where the
  /// container has no other way to end a line.
  private func addSubtitles(_ tracks: FilmTracks, _ muxer: Muxer) throws(FilmError) -> [Subtitle] {
    guard !tracks.subtitles.isEmpty, !options.burnsSubtitles else { return [] }
    let stream = try muxer.addStream()
    let isMOV = options.container.isMOV
    stream.pointee.codecpar.pointee.codec_type = AVMEDIA_TYPE_SUBTITLE
    stream.pointee.codecpar.pointee.codec_id = isMOV ? AV_CODEC_ID_MOV_TEXT : AV_CODEC_ID_SUBRIP
    stream.pointee.time_base = AVRational(num: 1, den: 1000)
    // QuickTime has an older kind of text too, whose description is another.
    if isMOV { stream.pointee.codecpar.pointee.codec_tag = fourLetterTag("tx3g") }
    stream.pointee.disposition = AV_DISPOSITION_DEFAULT
    try check(
      av_dict_set(&stream.pointee.metadata, "language", language, 0),
      "adding subtitles", muxer.name)
    guard isMOV else { return tracks.subtitles }
    try stream.setExtradata(TimedText.look, muxer.name)
    return filled(tracks.subtitles)
  }

  private func filled(_ subtitles: [Subtitle]) -> [Subtitle] {
    var result: [Subtitle] = []
    var time = 0.0
    for subtitle in subtitles {
      if subtitle.start - time > 0.0005 {
        result.append(Subtitle(text: "", start: time, duration: subtitle.start - time))
      }
      result.append(subtitle)
      time = subtitle.end
    }
    return result
  }

  private func write(_ subtitle: Subtitle, to stream: Int, _ muxer: Muxer) throws(FilmError) {
    let isMOV = options.container.isMOV
    let packet = try Packet(isMOV ? TimedText.sample(subtitle.text) : Array(subtitle.text.utf8))
    let start = Int64((subtitle.start * 1000).rounded())
    packet.raw.pointee.pts = start
    packet.raw.pointee.dts = start
    packet.raw.pointee.duration = Int64((subtitle.end * 1000).rounded()) - start
    packet.raw.pointee.flags |= AV_PKT_FLAG_KEY
    try muxer.write(packet, to: stream, timeBase: AVRational(num: 1, den: 1000))
  }
}
