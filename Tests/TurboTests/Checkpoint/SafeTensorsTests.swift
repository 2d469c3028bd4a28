import Foundation
import Testing

@testable import Turbo

@Suite struct SafeTensorsTests {
  private static let valid =
    #"{"__metadata__":{"a":"b"},"x":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"#
    + #""y":{"dtype":"I64","shape":[],"data_offsets":[24,32]}}"#

  @Test func readsAValidHeader() throws {
    try withFile(safeTensors(Self.valid, dataCount: 32)) { file in
      let tensors = try SafeTensors(file)
      #expect(tensors.keys == ["x", "y"])
      #expect(tensors.metadata == ["a": "b"])
      let x = try tensors.tensor("x")
      #expect(x.shape == [2, 3])
      #expect(x.float32() == Array(repeating: 0, count: 6))
    }
  }

  @Test func otherTypesFailOnlyWhenAskedFor() throws {
    try withFile(safeTensors(Self.valid, dataCount: 32)) { file in
      let tensors = try SafeTensors(file)
      #expect(throws: CheckpointError.unsupportedType(key: "y", found: "I64", file: "memory")) {
        try tensors.tensor("y")
      }
      #expect(throws: CheckpointError.missingTensor(key: "z", file: "memory")) {
        try tensors.tensor("z")
      }
    }
  }

  /// What an unknown type's elements take is unknown too, but for a bit.
  @Test func unknownTypesAreKept() throws {
    let header = #"{"x":{"dtype":"?","shape":[3,8],"data_offsets":[0,3]}}"#
    try withFile(safeTensors(header, dataCount: 3)) { file in
      let tensors = try SafeTensors(file)
      #expect(tensors.entries["x"]?.shape == [3, 8])
    }
  }

  /// Headers that lie, each with the data that a believing reader would need.
  @Test(arguments: [
    // not a header at all
    ("", 0), ("null", 0), ("[]", 0), ("{", 0), ("{}x", 0), ("\u{0}", 0), ("{\"x\":}", 0),
    // entries that are none
    (#"{"x":1}"#, 0), (#"{"x":{}}"#, 0), (#"{"x":{"dtype":"F32"}}"#, 4),
    (#"{"x":{"dtype":1,"shape":[1],"data_offsets":[0,4]}}"#, 4),
    (#"{"x":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}"#, 4),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":4}}"#, 4),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, 4),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}"#, 4),
    (#"{"x":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#, 4),
    (#"{"x":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}"#, 4),
    // metadata that is none
    (#"{"__metadata__":1}"#, 0), (#"{"__metadata__":{"a":1}}"#, 0),
    // negative
    (#"{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4),
    (#"{"x":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}"#, 4),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"#, 4),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4),
    // size against shape and type
    (#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4),
    (#"{"x":{"dtype":"F16","shape":[1],"data_offsets":[0,4]}}"#, 4),
    (#"{"x":{"dtype":"F32","shape":[],"data_offsets":[0,0]}}"#, 0),
    (#"{"x":{"dtype":"F4","shape":[1],"data_offsets":[0,0]}}"#, 0),
    // integer overflow
    (#"{"x":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#, 0),
    (#"{"x":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#, 0),
    (#"{"x":{"dtype":"?","shape":[1],"data_offsets":[0,9223372036854775807]}}"#, 4),
    (#"{"x":{"dtype":"?","shape":[9223372036854775807,2],"data_offsets":[0,0]}}"#, 0),
    (#"{"x":{"dtype":"?","shape":[9223372036854775807],"data_offsets":[0,0]}}"#, 0),
    (
      #"{"x":{"dtype":"F32","shape":[1,0,4611686018427387904,4611686018427387904],"#
        + #""data_offsets":[0,0]}}"#, 0
    ),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,18446744073709551620]}}"#, 4),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[1e0,4]}}"#, 4),
    // holes, overlaps, rests
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 8),
    (
      #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
        + #""y":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#, 12
    ),
    (
      #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
        + #""y":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 4
    ),
    // duplicate keys
    (
      #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"#
        + #""x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8
    ),
    (#"{"x":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 4),
    // more dimensions than anything has
    (
      #"{"x":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}"#, 4
    ),
  ])
  func refusesLies(_ header: String, _ dataCount: Int) {
    withFile(safeTensors(header, dataCount: dataCount)) { file in
      let error = checkpointError { _ = try SafeTensors(file) }
      guard case .invalidHeader("memory", _)? = error else {
        Issue.record("\(header): \(String(describing: error))")
        return
      }
    }
  }

  @Test func refusesLengthsThatLie() {
    for length: UInt64 in [3, 1 << 20, 100_000_000, 100_000_001, .max, 1 << 63] {
      withFile(safeTensors(Self.valid, dataCount: 32, claimedLength: length)) { file in
        #expect(checkpointError { _ = try SafeTensors(file) } != nil, "\(length)")
      }
    }
  }

  /// Cut anywhere, a file is refused with its name and sizes.
  @Test func refusesTruncatedFiles() {
    let whole = safeTensors(Self.valid, dataCount: 32)
    for count in 0..<whole.count {
      withFile(Array(whole[..<count])) { file in
        let error = checkpointError { _ = try SafeTensors(file) }
        guard case .truncated("memory", let expected, count)? = error else {
          Issue.record("\(count) bytes: \(String(describing: error))")
          return
        }
        #expect(expected > count && expected <= whole.count)
      }
    }
  }

  @Test func readsBackWhatItWrites() throws {
    let path = NSTemporaryDirectory() + "fabula-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let items: [SafeTensorsWriter.Item] = [
      .init("a", shape: [2, 2], values: [1, -2, .infinity, .leastNonzeroMagnitude]),
      .init("naïve \"name\"\n", shape: [], values: [3]),
      .init("empty", shape: [0, 7], values: []),
    ]
    try SafeTensorsWriter.write(items, metadata: ["k\\": "v\t"], to: path)
    let read = try SafeTensors(FileBytes(mapping: path))
    #expect(read.metadata == ["k\\": "v\t"])
    #expect(read.keys.count == 3)
    for item in items {
      let tensor = try read.tensor(item.name)
      #expect(tensor.shape == item.shape)
      #expect(tensor.float32() == item.values)
    }
    #expect(!FileManager.default.fileExists(atPath: path + ".part"))
  }

  @Test func writingNowhereFails() {
    let error = checkpointError {
      try SafeTensorsWriter.write([], to: "/nonexistent/folder/x.safetensors")
    }
    guard case .unreadable("/nonexistent/folder/x.safetensors", _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  /// A full disk is an error, and a device stays a device. Behind a link, which is all that a
  /// mistake could replace.
  @Test func fullDiskIsAnErrorAndDevicesStay() throws {
    let link = NSTemporaryDirectory() + "fabula-\(UUID().uuidString)"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/full")
    defer { try? FileManager.default.removeItem(atPath: link) }
    let error = checkpointError {
      try SafeTensorsWriter.write([.init("x", shape: [2], values: [1, 2])], to: link)
    }
    guard case .unreadable(link, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "/dev/full")
  }

  @Test func nothingIsLeftOfAFailedFile() throws {
    let folder = NSTemporaryDirectory() + "fabula-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder + "/x", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(checkpointError { try SafeTensorsWriter.write([], to: folder + "/x") } != nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x"])
  }
}
