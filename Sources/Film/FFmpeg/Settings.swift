import CFFmpeg

/// FFmpeg's key-value lists: options for its objects, metadata of streams.
typealias Settings = [(key: String, value: String)]

/// Runs `body` with the settings as an FFmpeg dictionary, and refuses what FFmpeg didn't take.
func withDictionary(
  _ settings: Settings, _ action: String, _ path: String,
  _ body: (inout OpaquePointer?) throws(FilmError) -> Void
) throws(FilmError) {
  var dictionary: OpaquePointer?
  defer { av_dict_free(&dictionary) }
  for (key, value) in settings {
    try check(av_dict_set(&dictionary, key, value, 0), action, path)
  }
  try body(&dictionary)
  if let left = av_dict_get(dictionary, "", nil, Int32(AV_DICT_IGNORE_SUFFIX)) {
    throw .options("\(path): unknown option \(String(cString: left.pointee.key)) for \(action)")
  }
}

/// The entries of an FFmpeg dictionary.
func entries(of dictionary: OpaquePointer?) -> [String: String] {
  var result: [String: String] = [:]
  var entry: UnsafeMutablePointer<AVDictionaryEntry>?
  while let next = av_dict_get(dictionary, "", entry, Int32(AV_DICT_IGNORE_SUFFIX)) {
    result[String(cString: next.pointee.key)] = String(cString: next.pointee.value)
    entry = next
  }
  return result
}
