import Foundation
import Testing

/// A live show, and a browser in which its page is open.
struct OpenPage {
  let show: Command.Running
  let browser: Chromium

  /// Begins a show with these arguments.
  init(_ arguments: [String], in folder: Folder) throws {
    show = try Command.start(
      "exec \"$0\" \"$@\"",
      ["live", "--page", "--port", "0", "--size", "64x64", "--fps", "10"] + arguments
        + Command.model, in: folder)
    browser = try Chromium(path: Chromium.path ?? "", in: folder)
    var address: Substring?
    for _ in 0..<1000 where address == nil {
      address = try show.errorsSoFar().split(whereSeparator: \.isWhitespace).first {
        $0.hasPrefix("http://")
      }
      if address == nil { usleep(50_000) }
    }
    try browser.call("Page.navigate", ["url": String(try #require(address))])
    #expect(try browser.waits(until: "window.fabula && document.activeElement.id === 'text'"))
  }
}
