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

  init(path: String, options: FilmOptions, tracks: FilmTracks) throws(FilmError) {
    self.path = path
    self.options = options
    muxer = try Muxer(path: path, format: options.container.muxer)
    video = try VideoEncoder(options, globalHeaders: muxer.wantsGlobalHeaders, path: path)
    try video.describe(muxer.addStream())
    try muxer.begin(
      options.container.isMOV
        ? [("movflags", "frag_every_frame+delay_moov+default_base_moof")] : [])
  }

  func append(_ rgb: [UInt8]) throws(FilmError) {
    try video.encode(rgb) { packet throws(FilmError) in
      try muxer.write(packet, to: 0, timeBase: video.timeBase)
    }
    frames += 1
    try muxer.flush()
  }

  func close() throws(FilmError) {
    try video.finish { packet throws(FilmError) in
      try muxer.write(packet, to: 0, timeBase: video.timeBase)
    }
    try muxer.close()
  }
}
