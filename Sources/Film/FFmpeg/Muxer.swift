import CFFmpeg
import Glibc

/// Owns a file that is being written: streams, then the header, then packets, then `close`.
final class Muxer {
  let path: String
  private let context: UnsafeMutablePointer<AVFormatContext>
  private var isOpen = false

  init(path: String, format: String) throws(FilmError) {
    fabula_log_capture()
    fabula_log_clear()
    self.path = path
    var context: UnsafeMutablePointer<AVFormatContext>?
    // The protocol is named, or a colon in the file's name would be taken for one.
    try check(
      avformat_alloc_output_context2(&context, nil, format, "file:" + path), "creating", path)
    self.context = try allocated(context, "a file", path)
    // Without dates and library versions: the same frames give the same bytes.
    self.context.pointee.flags |= AVFMT_FLAG_BITEXACT
  }

  deinit {
    if isOpen { avio_closep(&context.pointee.pb) }
    avformat_free_context(context)
  }

  /// Whether codecs must keep their headers outside the packets.
  var wantsGlobalHeaders: Bool { context.pointee.oformat.pointee.flags & AVFMT_GLOBALHEADER != 0 }

  func addStream() throws(FilmError) -> UnsafeMutablePointer<AVStream> {
    try allocated(avformat_new_stream(context, nil), "a stream", path)
  }

  func set(metadata: Settings) throws(FilmError) {
    for (key, value) in metadata {
      try check(av_dict_set(&context.pointee.metadata, key, value, 0), "adding metadata", path)
    }
  }

  /// Adds chapters, which libavformat frees itself and therefore must have allocated.
  func set(chapters: [Chapter]) throws(FilmError) {
    guard !chapters.isEmpty else { return }
    let size = MemoryLayout<UnsafeMutablePointer<AVChapter>?>.stride * chapters.count
    let list = try allocated(av_mallocz(size), "chapters", path)
      .assumingMemoryBound(to: UnsafeMutablePointer<AVChapter>?.self)
    context.pointee.chapters = list
    context.pointee.nb_chapters = UInt32(chapters.count)
    for (index, chapter) in chapters.enumerated() {
      let raw = try allocated(av_mallocz(MemoryLayout<AVChapter>.size), "a chapter", path)
        .assumingMemoryBound(to: AVChapter.self)
      raw.pointee.id = Int64(index)
      raw.pointee.time_base = AVRational(num: 1, den: 1000)
      raw.pointee.start = Int64((chapter.start * 1000).rounded())
      raw.pointee.end = Int64((chapter.end * 1000).rounded())
      try check(
        av_dict_set(&raw.pointee.metadata, "title", chapter.title, 0), "adding a chapter", path)
      list[index] = raw
    }
  }

  /// Creates the file and writes what comes before the first packet.
  func begin(_ settings: Settings) throws(FilmError) {
    let code = avio_open(&context.pointee.pb, "file:" + path, AVIO_FLAG_WRITE)
    if code == fabula_averror(ENOENT) { throw .missingFolder(path: path) }
    try check(code, "creating", path)
    isOpen = true
    try withDictionary(settings, "writing the header", path) { options throws(FilmError) in
      try check(avformat_write_header(context, &options), "writing the header", path)
    }
  }

  /// Writes a packet whose times are in `timeBase`; the packet is empty afterwards.
  func write(_ packet: Packet, to stream: Int, timeBase: AVRational) throws(FilmError) {
    guard let target = context.pointee.streams[stream] else { return }
    av_packet_rescale_ts(packet.raw, timeBase, target.pointee.time_base)
    packet.raw.pointee.stream_index = Int32(stream)
    packet.raw.pointee.pos = -1
    try check(av_interleaved_write_frame(context, packet.raw), "writing", path)
    try checkDisk()
  }

  /// Hands what is buffered to the system, so that it outlives this process.
  func flush() throws(FilmError) {
    avio_flush(context.pointee.pb)
    try checkDisk()
  }

  /// Writes the index and closes the file; every error of delayed writes shows here at the latest.
  func close() throws(FilmError) {
    guard isOpen else { return }
    let trailer = av_write_trailer(context)
    try check(trailer, "writing the index", path)
    try flush()
    isOpen = false
    try check(avio_closep(&context.pointee.pb), "closing", path)
  }

  // A muxer may go on happily after its file stopped taking bytes.
  private func checkDisk() throws(FilmError) {
    guard let file = context.pointee.pb else { return }
    try check(file.pointee.error, "writing", path)
  }
}
