import Glibc

/// The bytes of one file, mapped from disk or embedded in the program. Unmapped with its last
/// reference, and therefore lent to a closure only.
public final class FileBytes: Sendable {
  /// The file's name in messages.
  public let name: String
  /// The file's size in bytes.
  public let count: Int

  // Read-only memory that stays in place until deinit: safe to read from any thread.
  private nonisolated(unsafe) let base: UnsafeRawPointer?
  private let isMapped: Bool

  /// Maps a file of the disk, read-only. A folder or another thing that cannot be mapped is
  /// refused.
  public init(mapping path: String) throws(CheckpointError) {
    name = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(file: path, reason: systemMessage()) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadable(file: path, reason: systemMessage())
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(file: path, reason: "not a regular file")
    }
    count = Int(status.st_size)
    guard count > 0 else {  // mmap refuses an empty range
      base = nil
      isMapped = false
      return
    }
    guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0),
      address != MAP_FAILED
    else { throw .unreadable(file: path, reason: systemMessage()) }
    base = UnsafeRawPointer(address)
    isMapped = true
  }

  /// Wraps memory that outlives the program's use of it, such as an array of a C target.
  public init(name: String, embedded bytes: UnsafeRawBufferPointer) {
    self.name = name
    base = bytes.baseAddress
    count = bytes.count
    isMapped = false
  }

  /// Lends all of the file; the pointer is valid inside `body` only.
  public func withUnsafeBytes<R, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> R
  ) throws(Failure) -> R {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(start: base, count: count))
  }

  deinit {
    if isMapped, let base { munmap(UnsafeMutableRawPointer(mutating: base), count) }
  }
}

/// What the last failed system call says of itself.
func systemMessage() -> String {
  String(cString: strerror(errno))
}
