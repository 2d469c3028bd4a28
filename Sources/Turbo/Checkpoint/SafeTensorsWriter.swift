import Glibc

/// Writes float tensors as a `.safetensors` file.
public enum SafeTensorsWriter {
  /// A named tensor of floats, row-major.
  public struct Item: Sendable {
    let name: String
    let shape: [Int]
    let values: [Float]

    /// The shape's product must be the number of values.
    public init(_ name: String, shape: [Int], values: [Float]) {
      precondition(shape.reduce(1, *) == values.count, "\(name): \(values.count) values, \(shape)")
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// Writes the file beside its final name and renames it when it is complete, so that nothing
  /// half-written is ever left under that name. A device or a pipe is written to as it is: renaming
  /// would put a file in its place.
  public static func write(
    _ items: [Item], metadata: [String: String] = [:], to path: String
  ) throws(CheckpointError) {
    guard !isSpecial(path) else { return try writeAll(items, metadata, into: path, named: path) }
    let partial = path + ".part"
    do throws(CheckpointError) {
      try writeAll(items, metadata, into: partial, named: path)
      guard rename(partial, path) == 0 else {
        throw .unreadable(file: path, reason: systemMessage())
      }
    } catch {
      unlink(partial)
      throw error
    }
  }

  private static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  private static func writeAll(
    _ items: [Item], _ metadata: [String: String], into target: String, named path: String
  ) throws(CheckpointError) {
    let descriptor = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .unreadable(file: path, reason: systemMessage()) }
    do throws(CheckpointError) {
      try write(header(items, metadata), to: descriptor, path)
      for item in items { try write(item.values, to: descriptor, path) }
    } catch {
      close(descriptor)
      throw error
    }
    // Some file systems report a full disk only here.
    guard close(descriptor) == 0 else { throw .unreadable(file: path, reason: systemMessage()) }
  }

  /// Length and JSON, padded with spaces so that the data begins at a multiple of eight.
  static func header(_ items: [Item], _ metadata: [String: String]) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let strings = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0)):\(quoted($1))" }
      members.append("\"__metadata__\":{\(strings.joined(separator: ","))}")
    }
    var offset = 0
    for item in items {
      let end = offset + 4 * item.values.count
      let shape = item.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(quoted(item.name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var json = Array("{\(members.joined(separator: ","))}".utf8)
    json += Array(repeating: UInt8(ascii: " "), count: -json.count & 7)
    return withUnsafeBytes(of: UInt64(json.count).littleEndian, Array.init) + json
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\u{00}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func write<Element: BitwiseCopyable>(
    _ elements: [Element], to descriptor: Int32, _ path: String
  ) throws(CheckpointError) {
    let failure = elements.withUnsafeBytes { bytes -> String? in
      var written = 0
      while written < bytes.count, let base = bytes.baseAddress {
        let count = Glibc.write(descriptor, base + written, bytes.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return systemMessage() }
        written += count
      }
      return nil
    }
    if let failure { throw .unreadable(file: path, reason: failure) }
  }
}
