import Foundation
import Testing

@testable import Film

@Suite struct FileTests {
  let scratch = Scratch()

  @Test func writersOfOneFileDontMeet() async throws {
    let path = scratch("a.bin")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask {
          let bytes = [UInt8](repeating: UInt8(writer), count: 9_999)
          for _ in 0..<200 { try writeWhole(bytes, to: path) }
        }
      }
      try await group.waitForAll()
    }
    #expect(scratch.files == ["a.bin"])
    let bytes = try readWhole(path)
    #expect(bytes.count == 9_999 && Set(bytes).count == 1)
  }

  @Test func whatAKilledRunLeftIsInNobodysWay() throws {
    let left = "a.bin.\(getpid())-0.tmp"
    try Data("half".utf8).write(to: URL(fileURLWithPath: scratch(left)))
    try writeWhole([1, 2, 3], to: scratch("a.bin"))
    #expect(try readWhole(scratch("a.bin")) == [1, 2, 3])
    #expect(scratch.files == ["a.bin", left])
  }

  @Test func aDumpTakesAwayWhatKilledOnesLeft() throws {
    let left = ["frame-000002.png.17-0.tmp", "frames.json.17-3.tmp"]
    let others = ["frame-000002.png.tmp", "frame-000002.png.a-0.tmp", "notes.17-0.tmp"]
    let young = "frame-000002.png.18-0.tmp"
    for name in left + others + [young] {
      try Data("half".utf8).write(to: URL(fileURLWithPath: scratch(name)))
      var times = [timeval(tv_sec: 1_000, tv_usec: 0), timeval(tv_sec: 1_000, tv_usec: 0)]
      if name != young { utimes(scratch(name), &times) }
    }
    let manifest = FrameManifest(width: 64, height: 48, fps: FrameRate(24))
    try FrameDump(folder: scratch.path, manifest: manifest).finish()
    #expect(scratch.files == (others + [young, "frames.json"]).sorted())
  }
}
