import Glibc

/// One mapping for all activations of a program.
final class Arena {
  let base: UnsafeMutableRawPointer
  private let bytes: Int

  init(bytes: Int) throws(BackendError) {
    self.bytes = max(bytes, 1)
    guard
      let base = mmap(
        nil, self.bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      base != MAP_FAILED
    else { throw .outOfMemory(bytes: bytes) }
    self.base = base
    // A hint: fewer TLB misses where the system offers huge pages on request.
    madvise(base, self.bytes, MADV_HUGEPAGE)
  }

  deinit { munmap(base, bytes) }
}
