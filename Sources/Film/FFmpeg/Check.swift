import CFFmpeg
import Glibc

/// Turns every FFmpeg return code into a typed error; passes what isn't an error through.
@discardableResult
func check(_ code: Int32, _ action: String, _ path: String) throws(FilmError) -> Int32 {
  guard code < 0 else { return code }
  throw failure(code, action, path)
}

/// The owner of memory that FFmpeg allocates, or an error when it had none.
func allocated<T>(_ pointer: T?, _ what: String, _ path: String) throws(FilmError) -> T {
  guard let pointer else { throw failure(fabula_averror(ENOMEM), "allocating \(what)", path) }
  return pointer
}

private func failure(_ code: Int32, _ action: String, _ path: String) -> FilmError {
  switch code {
  case fabula_averror(ENOSPC), fabula_averror(EFBIG), fabula_averror(EDQUOT):
    return .diskFull(path: path)
  case fabula_averror(EACCES), fabula_averror(EPERM), fabula_averror(EROFS),
    fabula_averror(EISDIR), fabula_averror(ENOTDIR), fabula_averror(ENAMETOOLONG):
    return .unwritable(path: path, reason: text(of: code))
  default:
    let detail = String(cString: fabula_log_last())
    return .ffmpeg(action: action, path: path, reason: text(of: code), detail: detail)
  }
}

/// What FFmpeg, or the system, calls this error code.
func text(of code: Int32) -> String {
  var buffer = [CChar](repeating: 0, count: Int(AV_ERROR_MAX_STRING_SIZE))
  av_strerror(code, &buffer, buffer.count)
  return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
