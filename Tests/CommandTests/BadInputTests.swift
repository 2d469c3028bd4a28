import Foundation
import Testing

/// Bad input is one clear line on standard error, exit code 1 (64 for wrong usage), and no file.
@Suite struct BadInputTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.write("story.txt", "The fox walked home.\n")
    try folder.write("empty.txt", "")
    try folder.write("blank.txt", " \n\t\n\n")
    try folder.write("binary.txt", bytes: [0x54, 0x68, 0xFF, 0xC0, 0x80, 0x0A])
    try folder.write("notes.doc", "not a film")
  }

  private func expectRefusal(
    _ arguments: [String], status: Int32 = 1, says words: String,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let before = folder.names
    let result = try Command.run(arguments, in: folder)
    #expect(result.status == status, "\(result.errors)", sourceLocation: location)
    #expect(result.errors.contains(words), "\(result.errors)", sourceLocation: location)
    #expect(result.output.isEmpty, sourceLocation: location)
    #expect(folder.names == before, sourceLocation: location)
    if status == 1 {
      #expect(result.errorLines.count == 1, "\(result.errors)", sourceLocation: location)
      #expect(result.errors.hasPrefix("fabula: "), sourceLocation: location)
    }
  }

  @Test(arguments: ["render", "beats"])
  func stories(command: String) throws {
    try expectRefusal([command, "absent.txt"], says: "absent.txt: no such file")
    try expectRefusal([command, "empty.txt"], says: "empty")
    try expectRefusal([command, "blank.txt"], says: "empty")
    try expectRefusal([command, "binary.txt"], says: "UTF-8")
    try expectRefusal([command, "."], says: "folder")
  }

  @Test(arguments: [
    "7x7", "65x64", "100", "0x0", "-8x8", "8192x8192", "big", "64x64x64", "64x", "",
  ])
  func sizes(size: String) throws {
    try expectRefusal(["render", "story.txt", "--size=\(size)"], status: 64, says: "ize")
    try expectRefusal(["image", "a fox", "--size=\(size)"], status: 64, says: "ize")
  }

  @Test(arguments: ["0", "-1", "241", "fast", "24/0", "", "nan"])
  func rates(fps: String) throws {
    try expectRefusal(["render", "story.txt", "--fps=\(fps)"], status: 64, says: "fps")
  }

  @Test(arguments: ["0", "5", "-1", "one"])
  func steps(steps: String) throws {
    try expectRefusal(["render", "story.txt", "--steps=\(steps)"], status: 64, says: "steps")
  }

  @Test func outputs() throws {
    try expectRefusal(["render", "story.txt", "-o", "no/where.mp4"], says: "no: no such folder")
    try expectRefusal(["render", "story.txt", "-o", "."], says: "folder")
    try expectRefusal(["render", "story.txt", "-o", "notes.doc"], says: "--force")
    try expectRefusal(
      ["render", "story.txt", "-o", "story.txt", "--force"], says: "is what is read")
    try expectRefusal(["render", "story.txt", "-o", "-"], says: "standard output")
    try expectRefusal(["render", "story.txt", "-o", "/dev/null"], says: "ordinary")
    try expectRefusal(["image", "a fox", "-o", "fox.jpg"], status: 64, says: "PNG")
  }

  @Test func models() throws {
    try expectRefusal(["render", "story.txt", "--model", "absent"], says: "absent")
    try expectRefusal(["image", "a fox", "--model", "absent"], says: "absent")
    try expectRefusal(["render", "story.txt", "--model", "."], says: "model_index.json")
  }

  @Test func usage() throws {
    try expectRefusal(["render"], status: 64, says: "story")
    try expectRefusal(["paint"], status: 64, says: "paint")
    try expectRefusal(["render", "story.txt", "--colour"], status: 64, says: "--colour")
  }
}
