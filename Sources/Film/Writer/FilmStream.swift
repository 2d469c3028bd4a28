import CFFmpeg

/// Writes a film into a pipe while it is made: MP4 in fragments, which players read as they come.
///
/// Every frame is encoded at once and is a fragment of its own, so that whoever reads is never
/// behind by more than a frame. Use from one thread at a time.
public final class FilmStream {
  private let muxer: Muxer
  private let video: VideoEncoder
  private let frameBytes: Int
  private let name: String

  /// Writes what comes before the first frame to `descriptor`, which stays open at the end; `name`
  /// is for errors.
  public init(descriptor: Int32, name: String, options: FilmOptions) throws(FilmError) {
    try options.validate()
    guard options.container.isMOV else {
      throw .options("\(name): only MP4 and QuickTime can be written in fragments")
    }
    var options = options
    options.isImmediate = true
    self.name = name
    frameBytes = options.frameBytes
    muxer = try Muxer(.descriptor(descriptor), format: options.container.muxer, for: name)
    video = try VideoEncoder(options, globalHeaders: muxer.wantsGlobalHeaders, path: name)
    let stream = try muxer.addStream()
    try video.describe(stream)
    stream.pointee.codecpar.pointee.codec_tag = options.tag(of: stream.pointee.codecpar.pointee)
    muxer.flushPackets()
    try muxer.begin([("movflags", "frag_custom+empty_moov+default_base_moof")])
  }

  /// Adds the next frame: interleaved RGB, one byte each.
  public func append(_ rgb: [UInt8]) throws(FilmError) {
    guard rgb.count == frameBytes else {
      throw .frameSize(path: name, expected: "\(frameBytes) bytes", found: "\(rgb.count) bytes")
    }
    try video.encode(rgb) { packet throws(FilmError) in try write(packet) }
  }

  /// Ends the film.
  public func close() throws(FilmError) {
    try video.finish { packet throws(FilmError) in try write(packet) }
    try muxer.close()
  }

  private func write(_ packet: Packet) throws(FilmError) {
    try muxer.write(packet, to: 0, timeBase: video.timeBase, waiting: false)
    try muxer.endFragment()
  }
}
