import CFFmpeg

/// Gives an encoder a frame, or nil for the end, and hands on the packets that are ready.
func encode(
  _ frame: UnsafeMutablePointer<AVFrame>?, with context: UnsafeMutablePointer<AVCodecContext>,
  into packet: Packet, _ action: String, _ path: String,
  _ body: (Packet) throws(FilmError) -> Void
) throws(FilmError) {
  try check(avcodec_send_frame(context, frame), action, path)
  while true {
    let code = avcodec_receive_packet(context, packet.raw)
    if code == fabula_averror(EAGAIN) || code == fabula_AVERROR_EOF { return }
    try check(code, action, path)
    try body(packet)
  }
}
