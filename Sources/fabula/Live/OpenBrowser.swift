import Foundation

/// Opens an address in the user's browser. `failed` is called, perhaps on another thread, where
/// there is none.
func openBrowser(_ address: String, failed: @escaping @Sendable () -> Void) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["xdg-open", address]
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  // Nobody waits for it: outside of the large desktops it ends when the browser does, and then
  // tells how that went.
  let watch = Stopwatch()
  process.terminationHandler = {
    if $0.terminationStatus != 0, watch.seconds < 5 { failed() }
  }
  do { try process.run() } catch { failed() }
}
