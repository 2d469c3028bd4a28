import CFFmpeg

/// GIF and WebP, which can't be written before all pictures are known: made from a lossless file.
struct Animation {
  let options: FilmOptions

  func write(from part: String, to path: String, for name: String) throws(FilmError) {
    let muxer = try Muxer(path: path, format: options.container.muxer, for: name)
    let video = try VideoEncoder(options, globalHeaders: false, path: name)
    try video.describe(muxer.addStream())
    try muxer.begin([("loop", "0")])
    let write = { (packet: Packet) throws(FilmError) in
      try muxer.write(packet, to: 0, timeBase: video.timeBase)
    }
    let source = try FilmReader(path: part)
    if options.codec == .gif {
      let palette = try Palette(of: part, options: options, name: name)
      while let frame = try source.next() {
        let reduced = try palette.reduce(frame.rgb)
        try video.encode(reduced, write)
      }
    } else {
      while let frame = try source.next() { try video.encode(frame.rgb, write) }
    }
    try video.finish(write)
    try muxer.close()
  }
}
