/// One `.safetensors` file, mapped: a length, a JSON header, then the tensors' bytes.
///
/// The header of a file from a stranger is not believed: every entry must have a sensible shape, a
/// byte range that agrees with it, and the ranges must tile the data exactly, as the format's own
/// reader demands (huggingface/safetensors, `Metadata::validate`).
public struct SafeTensors: Sendable {
  /// The most header bytes that are read; the format's own limit.
  static let maximumHeaderBytes = 100_000_000
  private static let maximumRank = 16

  struct Entry: Equatable, Sendable {
    let typeName: String
    let shape: [Int]
    let range: Range<Int>  // in the file, not in the data section
  }

  /// The mapped file.
  public let file: FileBytes
  /// The header's free-form strings.
  public let metadata: [String: String]
  let entries: [String: Entry]

  /// Reads and checks the header.
  public init(_ file: FileBytes) throws(CheckpointError) {
    self.file = file
    (entries, metadata) = try file.withUnsafeBytes { bytes throws(CheckpointError) in
      try HeaderReader.read(file: file.name, bytes)
    }
  }

  /// The names of all tensors, sorted.
  public var keys: [String] { entries.keys.sorted() }

  /// The tensor of a name, whatever its shape.
  public func tensor(_ key: String) throws(CheckpointError) -> Tensor {
    guard let entry = entries[key] else { throw .missingTensor(key: key, file: file.name) }
    guard let dtype = ElementType(rawValue: entry.typeName) else {
      throw .unsupportedType(key: key, found: entry.typeName, file: file.name)
    }
    return Tensor(shape: entry.shape, dtype: dtype, file: file, range: entry.range)
  }
}

extension SafeTensors {
  private struct HeaderReader {
    let fileName: String
    let dataStart: Int

    static func read(
      file: String, _ bytes: UnsafeRawBufferPointer
    ) throws(CheckpointError) -> (entries: [String: Entry], metadata: [String: String]) {
      guard bytes.count >= 8 else {
        throw .truncated(file: file, expectedBytes: 8, foundBytes: bytes.count)
      }
      let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
      guard length <= maximumHeaderBytes else {
        throw .invalidHeader(file: file, reason: "header of \(length) bytes is too large")
      }
      let dataStart = 8 + Int(length)
      guard dataStart <= bytes.count else {
        throw .truncated(file: file, expectedBytes: dataStart, foundBytes: bytes.count)
      }
      let header = HeaderReader(fileName: file, dataStart: dataStart)
      let (entries, metadata) = try header.read(
        UnsafeRawBufferPointer(rebasing: bytes[8..<dataStart]))
      try header.checkTiling(entries, fileSize: bytes.count)
      return (entries, metadata)
    }

    private func invalid(_ reason: String) -> CheckpointError {
      .invalidHeader(file: fileName, reason: reason)
    }

    func read(
      _ bytes: UnsafeRawBufferPointer
    ) throws(CheckpointError) -> ([String: Entry], [String: String]) {
      let value: JSONValue
      do { value = try JSONParser.parse(bytes) } catch { throw invalid(error.description) }
      guard case .object(var members) = value else { throw invalid("not a JSON object") }
      let metadata = try strings(members.removeValue(forKey: "__metadata__") ?? .object([:]))
      var entries: [String: Entry] = [:]
      entries.reserveCapacity(members.count)
      for (key, member) in members { entries[key] = try entry(key, member) }
      return (entries, metadata)
    }

    private func strings(_ value: JSONValue) throws(CheckpointError) -> [String: String] {
      guard case .object(let members) = value else { throw invalid("__metadata__ is no object") }
      var strings: [String: String] = [:]
      for (key, member) in members {
        guard case .string(let text) = member else {
          throw invalid("__metadata__.\(key) is no string")
        }
        strings[key] = text
      }
      return strings
    }

    private func entry(_ key: String, _ value: JSONValue) throws(CheckpointError) -> Entry {
      guard case .object(let members) = value, case .string(let type)? = members["dtype"] else {
        throw invalid("tensor \(key) has no dtype")
      }
      guard let shape = integers(members["shape"]), shape.count <= maximumRank else {
        throw invalid("tensor \(key) has no valid shape")
      }
      guard let offsets = integers(members["data_offsets"]), offsets.count == 2,
        offsets[0] <= offsets[1]
      else { throw invalid("tensor \(key) has no valid data_offsets") }
      let (end, overflow) = offsets[1].addingReportingOverflow(dataStart)
      guard !overflow else { throw invalid("tensor \(key) ends beyond any file") }
      let entry = Entry(typeName: type, shape: shape, range: dataStart + offsets[0]..<end)
      try checkSize(of: entry, key)
      return entry
    }

    /// Numbers of zero and more, or nil where there is anything else.
    private func integers(_ value: JSONValue?) -> [Int]? {
      guard case .array(let elements)? = value else { return nil }
      var integers: [Int] = []
      for element in elements {
        guard case .integer(let integer) = element, integer >= 0 else { return nil }
        integers.append(integer)
      }
      return integers
    }

    private func checkSize(of entry: Entry, _ key: String) throws(CheckpointError) {
      let elementBits = ElementType.bits(of: entry.typeName)
      // Of a type that is unknown an element has one bit at least.
      var bits = elementBits ?? 1
      for extent in entry.shape {
        // An extent of 0 must not hide the others, some of which may be multiplied without it.
        let (product, overflow) = bits.multipliedReportingOverflow(by: max(extent, 1))
        guard !overflow else { throw invalid("tensor \(key) of shape \(entry.shape) is too large") }
        bits = product
      }
      if entry.shape.contains(0) { bits = 0 }
      let fits =
        elementBits == nil
        ? bits / 8 <= entry.range.count : bits % 8 == 0 && bits / 8 == entry.range.count
      guard fits else {
        throw invalid(
          "tensor \(key), \(entry.typeName) of shape \(entry.shape), has \(entry.range.count) bytes"
        )
      }
    }

    /// The tensors must follow one another without hole or overlap, to the end of the file.
    func checkTiling(_ entries: [String: Entry], fileSize: Int) throws(CheckpointError) {
      let ordered = entries.sorted {
        ($0.value.range.lowerBound, $0.value.range.upperBound)
          < ($1.value.range.lowerBound, $1.value.range.upperBound)
      }
      var end = dataStart
      for (key, entry) in ordered {
        guard entry.range.lowerBound == end else {
          let fault = entry.range.lowerBound < end ? "overlaps another" : "leaves a hole before it"
          throw invalid("tensor \(key) \(fault)")
        }
        end = entry.range.upperBound
      }
      guard end <= fileSize else {
        throw .truncated(file: fileName, expectedBytes: end, foundBytes: fileSize)
      }
      guard end == fileSize else {
        throw invalid("\(fileSize - end) bytes after the last tensor")
      }
    }
  }
}
