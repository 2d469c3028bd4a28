import Glibc

/// Writes a file under a working name and renames it: nobody sees half of it.
func writeWhole(_ bytes: [UInt8], to path: String) throws(FilmError) {
  let (temporary, file) = try WorkingFile.create(for: path)
  do throws(FilmError) {
    try write(bytes, file, path)
  } catch {
    close(file)
    unlink(temporary)
    throw error
  }
  guard close(file) == 0, rename(temporary, path) == 0 else {
    let failure = systemFailure(path, writing: true)
    unlink(temporary)
    throw failure
  }
}

/// All bytes of a file.
func readWhole(_ path: String) throws(FilmError) -> [UInt8] {
  let file = open(path, O_RDONLY)
  guard file >= 0 else { throw systemFailure(path, writing: false) }
  defer { close(file) }
  var info = stat()
  guard fstat(file, &info) == 0 else { throw systemFailure(path, writing: false) }
  let size = Int(info.st_size)
  var count = 0
  let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
    while count < size, let base = buffer.baseAddress {
      let some = read(file, base + count, size - count)
      guard some > 0 else { break }
      count += some
    }
    filled = count
  }
  guard count == size else { throw systemFailure(path, writing: false) }
  return bytes
}

/// The system's last error as one of ours.
func systemFailure(_ path: String, writing: Bool) -> FilmError {
  let code = errno
  let reason = String(cString: strerror(code))
  guard writing else { return .unreadable(path: path, reason: reason) }
  return switch code {
  case ENOSPC, EFBIG, EDQUOT: .diskFull(path: path)
  case ENOENT: .missingFolder(path: path)
  default: .unwritable(path: path, reason: reason)
  }
}

private func write(_ bytes: [UInt8], _ file: Int32, _ path: String) throws(FilmError) {
  var position = 0
  while position < bytes.count {
    let some = bytes.withUnsafeBytes { buffer in
      buffer.baseAddress.map { Glibc.write(file, $0 + position, bytes.count - position) } ?? -1
    }
    guard some > 0 else {
      if some < 0, errno == EINTR { continue }
      throw systemFailure(path, writing: true)
    }
    position += some
  }
}
