import Foundation

/// A headless browser with one page, told what to do over the DevTools protocol.
final class Chromium {
  /// What can go wrong with a browser.
  struct Problem: Error, CustomStringConvertible {
    var description: String
  }

  private let process = Process()
  private let toBrowser: Int32
  private let fromBrowser: Int32
  private var session: String?
  private var lastID = 0
  private var received: [UInt8] = []
  /// What went wrong in the page's scripts, and what it wrote to its console as an error.
  private(set) var complaints: [String] = []

  /// Where the browser is; nil where there is none.
  static var path: String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return ["chromium", "chromium-browser", "google-chrome"].flatMap { name in
      folders.map { "\($0)/\(name)" }
    }.first { access($0, X_OK) == 0 }
  }

  /// Starts the browser at `path` with a profile in `folder`.
  init(path: String, in folder: Folder) throws {
    // Its protocol without a port: messages that end with a 0 byte, on descriptors 3 and 4.
    for name in ["to", "from"] where mkfifo(folder.path(".\(name)"), 0o600) != 0 {
      throw Problem(description: "no pipe to the browser")
    }
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments =
      ["-c", "exec \"$0\" \"$@\" 3<.to 4>.from", path, "--headless=new", "--no-sandbox"]
      + ["--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars"]
      + ["--remote-debugging-pipe", "--user-data-dir=\(folder.path(".profile"))", "about:blank"]
    process.currentDirectoryURL = folder.url
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    toBrowser = open(folder.path(".to"), O_WRONLY | O_CLOEXEC)
    fromBrowser = open(folder.path(".from"), O_RDONLY | O_CLOEXEC)
    let page = try call("Target.createTarget", ["url": "about:blank"])
    let target = page["targetId"] as? String ?? ""
    let attached = try call("Target.attachToTarget", ["targetId": target, "flatten": true])
    session = attached["sessionId"] as? String
    for domain in ["Page", "Runtime", "Log"] { try call("\(domain).enable") }
  }

  deinit {
    // Not `waitUntilExit`: where a thread of the browser outlives its process, it would wait forever.
    process.terminate()
    for _ in 0..<50 where process.isRunning { usleep(100_000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    close(toBrowser)
    close(fromBrowser)
  }

  /// Calls a method of the protocol and waits for its answer.
  @discardableResult
  func call(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    lastID += 1
    var message: [String: Any] = ["id": lastID, "method": method, "params": parameters]
    message["sessionId"] = session
    let bytes = try [UInt8](JSONSerialization.data(withJSONObject: message)) + [0]
    guard write(toBrowser, bytes, bytes.count) == bytes.count else {
      throw Problem(description: "the browser has gone")
    }
    while true {
      let answer = try next()
      note(answer)
      guard answer["id"] as? Int == lastID else { continue }
      if let error = answer["error"] { throw Problem(description: "\(method): \(error)") }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  /// The value of an expression in the page.
  func value(_ script: String) throws -> Any? {
    let answer = try call("Runtime.evaluate", ["expression": script, "returnByValue": true])
    if let exception = answer["exceptionDetails"] { throw Problem(description: "\(exception)") }
    return (answer["result"] as? [String: Any])?["value"]
  }

  /// Whether an expression comes true, within a time that is long for any machine.
  func waits(until script: String, seconds: Double = 90) throws -> Bool {
    let end = Date(timeIntervalSinceNow: seconds)
    while Date() < end {
      if try value("Boolean(\(script))") as? Bool == true { return true }
      usleep(50_000)
    }
    return false
  }

  /// Presses and releases a key: a character, or one by its name.
  func press(_ key: String) throws {
    let codes = ["Enter": 13, "Tab": 9]
    var fields: [String: Any] = ["key": key]
    if let code = codes[key] {
      fields["windowsVirtualKeyCode"] = code
      if key == "Enter" { fields["text"] = "\r" }
    } else {
      fields["text"] = key
    }
    try call("Input.dispatchKeyEvent", fields.merging(["type": "keyDown"]) { $1 })
    try call("Input.dispatchKeyEvent", ["type": "keyUp", "key": key])
  }

  /// The page as a PNG file's bytes.
  func screenshot() throws -> [UInt8] {
    let answer = try call("Page.captureScreenshot", ["format": "png"])
    return Data(base64Encoded: answer["data"] as? String ?? "").map { [UInt8]($0) } ?? []
  }

  private func note(_ event: [String: Any]) {
    let fields = event["params"] as? [String: Any] ?? [:]
    switch event["method"] as? String {
    case "Runtime.exceptionThrown": complaints.append("\(fields)")
    case "Log.entryAdded":
      let entry = fields["entry"] as? [String: Any] ?? [:]
      if entry["level"] as? String == "error" { complaints.append("\(entry)") }
    default: break
    }
  }

  private func next() throws -> [String: Any] {
    while true {
      if let end = received.firstIndex(of: 0) {
        let message = Data(received[..<end])
        received.removeFirst(end + 1)
        return try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
      }
      var polled = pollfd(fd: fromBrowser, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, 120_000) == 1 else {
        throw Problem(description: "the browser says nothing")
      }
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(fromBrowser, &buffer, buffer.count)
      guard count > 0 else { throw Problem(description: "the browser has gone") }
      received += buffer[..<count]
    }
  }
}
