import CFFmpeg
import Glibc

/// The film in the making: pictures and sound in a file that plays at any moment.
///
/// The file is written in fragments (Matroska calls them clusters), which a reader takes as they
/// come. One is closed when the last one is a quarter of a second old: where a frame takes seconds
/// each is safe at once, where hundreds come in a second the file stays small. Until the first
/// fragment is written it has a hidden name: under its own there is always something that plays.
/// Subtitles are left out until the end, because a fragmented MP4 with a sparse track holds
/// everything back (and FFmpeg 5.1 aborts on one).
final class PartFile {
  private let path: String
  private let beginning: String
  private(set) var frames = 0
  private let muxer: Muxer
  private let video: VideoEncoder
  private let audio: AudioEncoder?
  private let options: FilmOptions
  private let painter: TextPainter?
  private var hasVideo = false
  private var hasAudio = false
  private var hasFragment = false
  private var lastFragment = ContinuousClock.now
  private var packets = 0

  // The description of a fragment, 16 bytes a packet, must fit into one write of 32 KiB.
  private static let mostPackets = 500

  init(path: String, for name: String, options: FilmOptions, tracks: FilmTracks) throws(FilmError) {
    self.path = path
    beginning = Self.beginning(of: path)
    self.options = options
    painter =
      options.burnsSubtitles && !tracks.subtitles.isEmpty
      ? try TextPainter(
        .subtitles(tracks, options: options), fps: options.fps, name: name) : nil
    muxer = try Muxer(path: beginning, format: options.container.muxer, for: name)
    video = try VideoEncoder(options, globalHeaders: muxer.wantsGlobalHeaders, path: name)
    let stream = try muxer.addStream()
    try video.describe(stream)
    stream.pointee.codecpar.pointee.codec_tag = options.tag(of: stream.pointee.codecpar.pointee)
    if let sound = tracks.audio, options.container.holdsTracks {
      audio = try AudioEncoder(
        sound, profile: options.codec.sound, globalHeaders: muxer.wantsGlobalHeaders, path: name)
      try audio?.describe(muxer.addStream())
    } else {
      audio = nil
    }
    muxer.flushPackets()
    try muxer.begin(
      options.container.isMOV
        ? [("movflags", "frag_custom+delay_moov+default_base_moof")] : [])
  }

  /// The name of the part file `path` before its first fragment is written.
  static func beginning(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return (parts.dropLast() + [".\(parts.last ?? "")"]).joined(separator: "/")
  }

  func append(_ rgb: [UInt8]) throws(FilmError) {
    let rgb = try painter?.paint(rgb, index: frames) ?? rgb
    try video.encode(rgb) { packet throws(FilmError) in try writeVideo(packet) }
    frames += 1
    try audio?.encode(until: options.fps.seconds(frames)) { packet throws(FilmError) in
      try writeAudio(packet)
    }
  }

  func close() throws(FilmError) {
    try video.finish { packet throws(FilmError) in try writeVideo(packet) }
    try audio?.finish(at: options.fps.seconds(frames)) { packet throws(FilmError) in
      try writeAudio(packet)
    }
    try whole { () throws(FilmError) in try muxer.close() }
    if frames > 0 { try appear() }
  }

  private func writeVideo(_ packet: Packet) throws(FilmError) {
    try write(packet, to: 0, video.timeBase)
    hasVideo = true
    try endFragment()
  }

  private func writeAudio(_ packet: Packet) throws(FilmError) {
    guard let audio else { return }
    try write(packet, to: 1, audio.timeBase)
    hasAudio = true
    try endFragment()
  }

  private func write(_ packet: Packet, to stream: Int, _ timeBase: AVRational) throws(FilmError) {
    try whole { () throws(FilmError) in
      try muxer.write(packet, to: stream, timeBase: timeBase, waiting: false)
    }
    packets += 1
  }

  private func endFragment() throws(FilmError) {
    // An MP4's head comes with the first fragment, and describes what has begun by then.
    guard hasVideo, hasAudio || audio == nil else { return }
    guard
      !hasFragment || options.isImmediate || packets >= Self.mostPackets
        || lastFragment.duration(to: .now) >= .milliseconds(250)
    else { return }
    try whole { () throws(FilmError) in
      try muxer.endFragment()
      // The first time, FFmpeg 5.1 writes the head and nothing else.
      if !hasFragment, options.container.isMOV { try muxer.endFragment() }
    }
    try appear()
    packets = 0
    lastFragment = .now
  }

  /// Gives the file its name, once there is something in it.
  private func appear() throws(FilmError) {
    guard !hasFragment else { return }
    guard rename(beginning, path) == 0 else { throw systemFailure(muxer.name, writing: true) }
    hasFragment = true
  }

  /// Cuts off what a full disk let through only in part, so that the rest stays playable.
  private func whole(_ body: () throws(FilmError) -> Void) throws(FilmError) {
    let size = muxer.size
    do throws(FilmError) {
      try body()
    } catch {
      truncate(hasFragment ? path : beginning, off_t(size))
      throw error
    }
  }
}
