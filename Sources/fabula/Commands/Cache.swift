import ArgumentParser
import Foundation

/// `fabula cache`: what is kept of the pictures drawn before.
struct Cache: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows or empties the store of drawn pictures.")

  @Option(
    help: ArgumentHelp("The folder; by default, in the user's cache folder.", valueName: "dir"))
  var cacheDir: String?

  @Flag(help: "Take all pictures away.")
  var clear = false

  @Option(help: ArgumentHelp("Take away those unused for longest, down to this.", valueName: "GiB"))
  var shrink: Double?

  func validate() throws {
    if let shrink, !(0...1e6).contains(shrink) {
      throw ValidationError("--shrink is a number of GiB, from 0")
    }
  }

  func run() throws {
    guard let folder = cacheDir.map(CacheFolder.init(path:)) ?? CacheFolder.standard else {
      throw Failure("there is no home folder: give the cache's with --cache-dir")
    }
    if clear { folder.shrink(to: 0) }
    if let shrink { folder.shrink(to: Int(shrink * Double(1 << 30))) }
    let entries = folder.entries()
    let mebibytes = Double(entries.reduce(0) { $0 + $1.bytes }) / Double(1 << 20)
    let pictures = entries.count { $0.path.hasSuffix(".png") }
    print("\(folder.path): \(pictures) pictures, \(mebibytes.short) MiB")
  }
}
