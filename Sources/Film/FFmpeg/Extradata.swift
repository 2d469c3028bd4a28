import CFFmpeg

extension UnsafeMutablePointer<AVStream> {
  /// Gives the stream bytes that belong to all its packets; libavformat frees them.
  func setExtradata(_ bytes: [UInt8], _ path: String) throws(FilmError) {
    let size = bytes.count + Int(AV_INPUT_BUFFER_PADDING_SIZE)
    let memory = try allocated(av_mallocz(size), "a stream", path)
    memory.copyMemory(from: bytes, byteCount: bytes.count)
    pointee.codecpar.pointee.extradata = memory.assumingMemoryBound(to: UInt8.self)
    pointee.codecpar.pointee.extradata_size = Int32(bytes.count)
  }
}
