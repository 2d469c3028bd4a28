import CFFmpeg

extension FilmInfo {
  init(_ source: Demuxer, video: UnsafeMutablePointer<AVStream>) {
    let parameters = video.pointee.codecpar.pointee
    let rate = video.pointee.avg_frame_rate
    self.init(
      width: Int(parameters.width), height: Int(parameters.height),
      fps: FrameRate(Int(rate.num), Int(rate.den)),
      duration: seconds(video) ?? Double(source.context.pointee.duration) / Double(AV_TIME_BASE),
      pixelFormat: name(av_get_pix_fmt_name(AVPixelFormat(rawValue: parameters.format))),
      colours: [
        name(av_color_space_name(parameters.color_space)),
        name(av_color_primaries_name(parameters.color_primaries)),
        name(av_color_transfer_name(parameters.color_trc)),
        name(av_color_range_name(parameters.color_range)),
      ].joined(separator: "/"),
      streams: source.streams.map(StreamInfo.init), chapters: sourceChapters(source),
      metadata: unfolded(entries(of: source.context.pointee.metadata)))
  }
}

extension StreamInfo {
  init(_ stream: UnsafeMutablePointer<AVStream>) {
    let parameters = stream.pointee.codecpar.pointee
    let language = entries(of: stream.pointee.metadata)["language"]
    self.init(
      kind: name(av_get_media_type_string(parameters.codec_type)),
      codec: name(avcodec_get_name(parameters.codec_id)), language: language,
      isDefault: stream.pointee.disposition & AV_DISPOSITION_DEFAULT != 0,
      isCover: stream.pointee.disposition & AV_DISPOSITION_ATTACHED_PIC != 0,
      duration: seconds(stream),
      rate: parameters.sample_rate > 0 ? Int(parameters.sample_rate) : nil)
  }
}

private func name(_ text: UnsafePointer<CChar>?) -> String {
  text.map(String.init(cString:)) ?? "unknown"
}

private func seconds(_ stream: UnsafeMutablePointer<AVStream>) -> Double? {
  let duration = stream.pointee.duration
  return duration > 0 ? Double(duration) * av_q2d(stream.pointee.time_base) : nil
}

private func sourceChapters(_ source: Demuxer) -> [Chapter] {
  (0..<Int(source.context.pointee.nb_chapters)).compactMap { index in
    guard let chapter = source.context.pointee.chapters[index]?.pointee else { return nil }
    let unit = av_q2d(chapter.time_base)
    return Chapter(
      title: entries(of: chapter.metadata)["title"] ?? "",
      start: Double(chapter.start) * unit, end: Double(chapter.end) * unit)
  }
}

/// Splits what `FilmTracks.tags` had put into the comment.
private func unfolded(_ tags: [String: String]) -> [String: String] {
  // Matroska writes keys in capitals.
  var result = Dictionary(tags.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
  guard let comment = result["comment"] else { return result }
  var plain: [Substring] = []
  for line in comment.split(separator: "\n", omittingEmptySubsequences: false) {
    let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[0].contains(" ") else {
      plain.append(line)
      continue
    }
    result[String(parts[0])] = String(parts[1])
  }
  result["comment"] = plain.isEmpty ? nil : plain.joined(separator: "\n")
  return result
}
