import CFFmpeg
import Glibc

/// The film in the making: pictures and sound in a file that plays at any moment.
///
/// MP4 and MOV are written in fragments, one a frame, which a reader takes as they come; Matroska
/// is made that way anyhow. Subtitles are left out until the end, because a fragmented MP4 with a
/// sparse track holds everything back (and FFmpeg 5.1 aborts on one).
final class PartFile {
  let path: String
  private(set) var frames = 0
  private let muxer: Muxer
  private let video: VideoEncoder
  private let audio: AudioEncoder?
  private let options: FilmOptions
  private let painter: TextPainter?

  init(path: String, for name: String, options: FilmOptions, tracks: FilmTracks) throws(FilmError) {
    self.path = path
    self.options = options
    painter =
      options.burnsSubtitles && !tracks.subtitles.isEmpty
      ? try TextPainter(
        .subtitles(tracks, options: options), fps: options.fps, name: name) : nil
    muxer = try Muxer(path: path, format: options.container.muxer, for: name)
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
        ? [("movflags", "frag_every_frame+delay_moov+default_base_moof")] : [])
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
  }

  private func writeVideo(_ packet: Packet) throws(FilmError) {
    try whole { () throws(FilmError) in
      try muxer.write(packet, to: 0, timeBase: video.timeBase, waiting: false)
    }
  }

  private func writeAudio(_ packet: Packet) throws(FilmError) {
    guard let audio else { return }
    try whole { () throws(FilmError) in
      try muxer.write(packet, to: 1, timeBase: audio.timeBase, waiting: false)
    }
  }

  /// Cuts off what a full disk let through only in part, so that the rest stays playable.
  private func whole(_ body: () throws(FilmError) -> Void) throws(FilmError) {
    let size = muxer.size
    do throws(FilmError) {
      try body()
    } catch {
      truncate(path, off_t(size))
      throw error
    }
  }
}
