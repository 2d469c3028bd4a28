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
  private let options: FilmOptions

  init(path: String, for name: String, options: FilmOptions, tracks: FilmTracks) throws(FilmError) {
    self.path = path
    self.options = options
    muxer = try Muxer(path: path, format: options.container.muxer, for: name)
    video = try VideoEncoder(options, globalHeaders: muxer.wantsGlobalHeaders, path: name)
    try video.describe(muxer.addStream())
    muxer.flushPackets()
    try muxer.begin(
      options.container.isMOV
        ? [("movflags", "frag_every_frame+delay_moov+default_base_moof")] : [])
  }

  func append(_ rgb: [UInt8]) throws(FilmError) {
    try video.encode(rgb) { packet throws(FilmError) in try write(packet) }
    frames += 1
  }

  func close() throws(FilmError) {
    try video.finish { packet throws(FilmError) in try write(packet) }
    try whole { () throws(FilmError) in try muxer.close() }
  }

  private func write(_ packet: Packet) throws(FilmError) {
    try whole { () throws(FilmError) in
      try muxer.write(packet, to: 0, timeBase: video.timeBase)
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
