import CFFmpeg

/// The cover of a film: a picture that isn't shown, but stands for the file. QuickTime files have
/// no place for one.
struct Cover {
  private let picture: Picture
  private let png: [UInt8]
  private let stream: Int

  /// Nil without a picture or a place. `stream` is the number of streams before it.
  init?(_ picture: Picture?, _ container: Container, after stream: Int) throws(FilmError) {
    guard let picture, container != .mov else { return nil }
    self.picture = picture
    self.stream = stream
    png = try PNG.encode(picture, level: 9)
  }

  /// Declares it: as a picture in MPEG-4, as an attached file in Matroska.
  func addStream(to muxer: Muxer, _ container: Container) throws(FilmError) {
    let stream = try muxer.addStream()
    let parameters = stream.pointee.codecpar
    parameters?.pointee.codec_id = AV_CODEC_ID_PNG
    if container.isMOV {
      parameters?.pointee.codec_type = AVMEDIA_TYPE_VIDEO
      parameters?.pointee.width = Int32(picture.width)
      parameters?.pointee.height = Int32(picture.height)
      parameters?.pointee.format = AV_PIX_FMT_RGB24.rawValue
      stream.pointee.disposition = AV_DISPOSITION_ATTACHED_PIC
      stream.pointee.time_base = AVRational(num: 1, den: 1000)
    } else {
      parameters?.pointee.codec_type = AVMEDIA_TYPE_ATTACHMENT
      try stream.setExtradata(png, muxer.name)
      for (key, value) in [("filename", "cover.png"), ("mimetype", "image/png")] {
        try check(
          av_dict_set(&stream.pointee.metadata, key, value, 0), "adding the cover", muxer.name)
      }
    }
  }

  /// Writes it where it is a stream.
  func write(to muxer: Muxer, _ container: Container) throws(FilmError) {
    guard container.isMOV else { return }
    let packet = try Packet(png)
    packet.raw.pointee.pts = 0
    packet.raw.pointee.dts = 0
    packet.raw.pointee.flags |= AV_PKT_FLAG_KEY
    try muxer.write(packet, to: stream, timeBase: AVRational(num: 1, den: 1000))
  }
}
