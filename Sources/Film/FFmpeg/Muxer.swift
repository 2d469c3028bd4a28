import CFFmpeg
import Glibc

/// Owns a file that is being written: streams, then the header, then packets, then `close`.
final class Muxer {
  /// Where the bytes go.
  enum Target {
    case file(String)
    /// A descriptor that is open already, as a pipe's: what is written stays as it is.
    case descriptor(Int32)

    // The protocol is named, or a colon in the file's name would be taken for one.
    fileprivate var url: String {
      switch self {
      case .file(let path): "file:" + path
      case .descriptor(let number): "pipe:\(number)"
      }
    }
  }

  /// The name for errors: the film's, while the file has a working name.
  let name: String
  private let target: Target
  private let context: UnsafeMutablePointer<AVFormatContext>
  private var isOpen = false

  convenience init(path: String, format: String, for name: String) throws(FilmError) {
    try self.init(.file(path), format: format, for: name)
  }

  init(_ target: Target, format: String, for name: String) throws(FilmError) {
    fabula_log_capture()
    fabula_log_clear()
    self.target = target
    self.name = name
    var context: UnsafeMutablePointer<AVFormatContext>?
    try check(
      avformat_alloc_output_context2(&context, nil, format, target.url), "creating", name)
    self.context = try allocated(context, "a file", name)
    // Without dates and library versions: the same frames give the same bytes.
    self.context.pointee.flags |= AVFMT_FLAG_BITEXACT
    // Frame 0 is at 0 s, whatever a sound encoder puts before its first sample: players know.
    self.context.pointee.avoid_negative_ts = AVFMT_AVOID_NEG_TS_DISABLED
  }

  deinit {
    if isOpen { avio_closep(&context.pointee.pb) }
    avformat_free_context(context)
  }

  /// Whether codecs must keep their headers outside the packets.
  var wantsGlobalHeaders: Bool { context.pointee.oformat.pointee.flags & AVFMT_GLOBALHEADER != 0 }

  /// From now on every packet reaches the system in one piece before the next: a killed process
  /// leaves no fragment half described, which readers would refuse.
  func flushPackets() { context.pointee.flags |= AVFMT_FLAG_FLUSH_PACKETS }

  /// Bytes that the system has.
  var size: Int { Int(max(0, avio_seek(context.pointee.pb, 0, SEEK_CUR))) }

  func addStream() throws(FilmError) -> UnsafeMutablePointer<AVStream> {
    try allocated(avformat_new_stream(context, nil), "a stream", name)
  }

  func set(metadata: Settings) throws(FilmError) {
    for (key, value) in metadata {
      try check(av_dict_set(&context.pointee.metadata, key, value, 0), "adding metadata", name)
    }
  }

  /// Adds chapters, which libavformat frees itself and therefore must have allocated.
  func set(chapters: [Chapter]) throws(FilmError) {
    guard !chapters.isEmpty else { return }
    let size = MemoryLayout<UnsafeMutablePointer<AVChapter>?>.stride * chapters.count
    let list = try allocated(av_mallocz(size), "chapters", name)
      .assumingMemoryBound(to: UnsafeMutablePointer<AVChapter>?.self)
    context.pointee.chapters = list
    context.pointee.nb_chapters = UInt32(chapters.count)
    for (index, chapter) in chapters.enumerated() {
      let raw = try allocated(av_mallocz(MemoryLayout<AVChapter>.size), "a chapter", name)
        .assumingMemoryBound(to: AVChapter.self)
      raw.pointee.id = Int64(index)
      raw.pointee.time_base = AVRational(num: 1, den: 1000)
      raw.pointee.start = Int64((chapter.start * 1000).rounded())
      raw.pointee.end = Int64((chapter.end * 1000).rounded())
      try check(
        av_dict_set(&raw.pointee.metadata, "title", chapter.title, 0), "adding a chapter", name)
      list[index] = raw
    }
  }

  /// Creates the file and writes what comes before the first packet.
  func begin(_ settings: Settings) throws(FilmError) {
    let code = avio_open(&context.pointee.pb, target.url, AVIO_FLAG_WRITE)
    if code == fabula_averror(ENOENT) { throw .missingFolder(path: name) }
    try check(code, "creating", name)
    isOpen = true
    do throws(FilmError) {
      try withDictionary(settings, "writing the header", name) { options throws(FilmError) in
        try check(avformat_write_header(context, &options), "writing the header", name)
      }
    } catch {
      isOpen = false
      avio_closep(&context.pointee.pb)
      if case .file(let path) = target { unlink(path) }
      throw error
    }
  }

  /// Writes a packet whose times are in `timeBase`; the packet is empty afterwards.
  ///
  /// Packets of several streams are sorted by time, which means that they wait for one another;
  /// with `waiting: false` the caller's order is the file's.
  func write(
    _ packet: Packet, to stream: Int, timeBase: AVRational, waiting: Bool = true
  ) throws(FilmError) {
    guard let target = context.pointee.streams[stream] else { return }
    av_packet_rescale_ts(packet.raw, timeBase, target.pointee.time_base)
    packet.raw.pointee.stream_index = Int32(stream)
    packet.raw.pointee.pos = -1
    let code =
      waiting
      ? av_interleaved_write_frame(context, packet.raw) : av_write_frame(context, packet.raw)
    try check(code, "writing", name)
    try checkDisk()
  }

  /// Writes what is held back of a fragment or cluster, and ends it.
  func endFragment() throws(FilmError) {
    try check(av_write_frame(context, nil), "writing", name)
    avio_flush(context.pointee.pb)
    try checkDisk()
  }

  /// Writes the index and closes the file; every error of delayed writes shows here at the latest.
  func close() throws(FilmError) {
    guard isOpen else { return }
    let trailer = av_write_trailer(context)
    try check(trailer, "writing the index", name)
    avio_flush(context.pointee.pb)
    try checkDisk()
    isOpen = false
    try check(avio_closep(&context.pointee.pb), "closing", name)
  }

  // A muxer may go on happily after its file stopped taking bytes.
  private func checkDisk() throws(FilmError) {
    guard let file = context.pointee.pb else { return }
    try check(file.pointee.error, "writing", name)
  }
}
