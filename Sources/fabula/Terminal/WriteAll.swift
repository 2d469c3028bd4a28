import Foundation

/// Writes all bytes to a descriptor, however many calls that takes. Returns nil, or the number of
/// the error that stopped it.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return count < 0 ? errno : EIO }
    rest = rest.dropFirst(count)
  }
  return nil
}
