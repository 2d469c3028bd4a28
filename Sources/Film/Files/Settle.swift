import Glibc

/// Makes a finished file the one of that name: its bytes reach the disk before the name does.
func settle(_ temporary: String, as path: String) throws(FilmError) {
  try sync(temporary)
  guard rename(temporary, path) == 0 else { throw systemFailure(path, writing: true) }
  let folder = path.contains("/") ? String(path.prefix(upTo: lastSlash(path))) + "/" : "."
  try? sync(folder)
}

/// How large a file is, 0 when there is none.
func fileSize(_ path: String) -> Int {
  var info = stat()
  return stat(path, &info) == 0 ? Int(info.st_size) : 0
}

private func sync(_ path: String) throws(FilmError) {
  let file = open(path, O_RDONLY)
  guard file >= 0 else { throw systemFailure(path, writing: true) }
  defer { close(file) }
  guard fsync(file) == 0 else { throw systemFailure(path, writing: true) }
}

private func lastSlash(_ path: String) -> String.Index {
  path.lastIndex(of: "/") ?? path.startIndex
}
