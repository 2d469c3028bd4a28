import CFFmpeg

/// Reads a film: what it says about itself, and its pictures as RGB, one after the other.
public final class FilmReader {
  /// What the file says about itself.
  public let info: FilmInfo
  private let source: Demuxer
  private let decoder: VideoDecoder
  private let stream: Int32
  private let packet: Packet
  private var isAtEnd = false

  /// Opens a film, or any file with moving pictures that FFmpeg can read.
  public init(path: String) throws(FilmError) {
    source = try Demuxer(path: path)
    let number = av_find_best_stream(source.context, AVMEDIA_TYPE_VIDEO, -1, -1, nil, 0)
    guard number >= 0 else { throw .unreadable(path: path, reason: "no pictures in it") }
    stream = number
    decoder = try VideoDecoder(source.streams[Int(number)], path: path)
    info = FilmInfo(source, video: source.streams[Int(number)])
    packet = try Packet()
  }

  /// The next picture, nil after the last.
  public func next() throws(FilmError) -> FilmFrame? {
    while true {
      if let frame = try decoder.receive() { return frame }
      if isAtEnd { return nil }
      if try source.read(into: packet) {
        if packet.raw.pointee.stream_index == stream { try decoder.send(packet) }
      } else {
        isAtEnd = true
        try decoder.send(nil)
      }
    }
  }

  /// All pictures that are left: for short films and tests.
  public func rest() throws(FilmError) -> [FilmFrame] {
    var frames: [FilmFrame] = []
    while let frame = try next() { frames.append(frame) }
    return frames
  }

  /// The subtitles of a film, without its pauses.
  public static func subtitles(path: String) throws(FilmError) -> [Subtitle] {
    let source = try Demuxer(path: path)
    let streams = source.streams
    let packet = try Packet()
    var result: [Subtitle] = []
    while try source.read(into: packet) {
      let stream = streams[Int(packet.raw.pointee.stream_index)].pointee
      guard stream.codecpar.pointee.codec_type == AVMEDIA_TYPE_SUBTITLE else { continue }
      let isTimedText = stream.codecpar.pointee.codec_id == AV_CODEC_ID_MOV_TEXT
      var bytes = packet.bytes
      if isTimedText {
        guard bytes.count > 2 else { continue }
        let length = Int(bytes[0]) << 8 | Int(bytes[1])
        bytes = Array(bytes.dropFirst(2).prefix(length))
      }
      let unit = av_q2d(stream.time_base)
      guard !bytes.isEmpty else { continue }
      result.append(
        Subtitle(
          text: String(decoding: bytes, as: UTF8.self),
          start: Double(packet.raw.pointee.pts) * unit,
          duration: Double(packet.raw.pointee.duration) * unit))
    }
    return result
  }
}
