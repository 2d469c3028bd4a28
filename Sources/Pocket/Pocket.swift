import CPocket
import Turbo

/// The small model inside the program, drawn with where no other is named.
public enum Pocket {
  /// Its files, in memory for as long as the program runs.
  public static var files: ModelFiles { ModelFiles(name: "Pocket", embedded: contents) }

  /// The bytes of each file by its path.
  public static var contents: [String: UnsafeRawBufferPointer] {
    var contents: [String: UnsafeRawBufferPointer] = [:]
    var index = 0
    while let file = fabula_pocket_file_at(index) {
      contents[String(cString: file.pointee.path)] = UnsafeRawBufferPointer(
        start: file.pointee.bytes, count: file.pointee.size)
      index += 1
    }
    return contents
  }
}
