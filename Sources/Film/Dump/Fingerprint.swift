import CFFmpeg

/// Half of the SHA-256 of a picture, as 32 hexadecimal digits: equal pictures, equal fingerprints.
func fingerprint(of pixels: Picture.Pixels) throws(FilmError) -> String {
  let state = try allocated(av_sha_alloc(), "a hash", "FFmpeg")
  defer { av_free(UnsafeMutableRawPointer(state)) }
  var digest = [UInt8](repeating: 0, count: 32)
  av_sha_init(state, 256)
  switch pixels {
  case .eight(let values): av_sha_update(state, values, values.count)
  case .sixteen(let values):
    values.withUnsafeBytes { bytes in
      av_sha_update(state, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
    }
  }
  av_sha_final(state, &digest)
  return digest.prefix(16).map { byte in
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }.joined()
}
