import Foundation
import Testing

@testable import Voice

@Suite struct CommandVoiceTests {
  private let file = FileManager.default.temporaryDirectory
    .appendingPathComponent("voice-\(UUID().uuidString).wav").path
  private let tone = Speech(samples: [Float](repeating: 0.5, count: 4000), rate: 8000)

  private func voice(
    _ command: String, timeout: Duration = .seconds(60),
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> CommandVoice {
    try Data(tone.wave).write(to: URL(fileURLWithPath: file))
    return CommandVoice(
      command: command.replacing("TONE", with: file), language: "en", timeout: timeout,
      isCancelled: isCancelled)
  }

  @Test(arguments: [
    "cat TONE", "cp TONE \"$FABULA_OUTPUT\"; echo done", "cat > /dev/null; cat TONE",
  ])
  func outputs(command: String) throws {
    defer { unlink(file) }
    #expect(try voice(command).speak("Hello.").samples.count == 4000)
  }

  @Test func textAndLanguageArrive() throws {
    defer { unlink(file) }
    let text = "Mila said: \"It's $HOME `here`\"; 雪"
    let command = """
      [ "$(cat)" = '\(text.replacing("'", with: "'\\''"))' ] && [ $FABULA_LANGUAGE = en ] && cat TONE
      """
    #expect(try voice(command).speak(text).samples.count == 4000)
  }

  /// A command may write before it has read, or never read.
  @Test func longTexts() throws {
    defer { unlink(file) }
    let text = String(repeating: "The fox walked home. ", count: 20_000)
    for command in ["cat TONE", "cat TONE; cat > /dev/null"] {
      #expect(try voice(command).speak(text).samples.count == 4000)
    }
  }

  @Test func failures() throws {
    defer { unlink(file) }
    func expect(_ command: String, _ error: VoiceError) throws {
      let voice = try voice(command)
      #expect(throws: error) { _ = try voice.speak("Hello.") }
    }
    try expect("echo first >&2; echo last >&2; exit 3", .command(.status(3, lastLine: "last")))
    try expect("kill -SEGV $$", .command(.signal(SIGSEGV)))
    try expect("true", .command(.noOutput))
    try expect("echo hello", .wave(.notWave))
    try expect("head -c 2000 TONE", .wave(.truncated))
    let missing = try voice("no-such-command-here")
    #expect { _ = try missing.speak("Hello.") } throws: { error in
      guard case VoiceError.command(.status(127, _)) = error else { return false }
      return true
    }
  }

  @Test func aCommandThatDoesNotEndIsEnded() throws {
    defer { unlink(file) }
    let start = ContinuousClock.now
    for command in ["sleep 50 | cat", "exec >&- 2>&-; sleep 50", "sleep 50 & cat TONE"] {
      let slow = try voice(command, timeout: .milliseconds(300))
      #expect(throws: VoiceError.command(.timeout(seconds: 0))) { _ = try slow.speak("Hello.") }
    }
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func aCancelledCommandIsEndedWithItsChildren() throws {
    let pids = file + ".pid"
    defer {
      unlink(file)
      unlink(pids)
    }
    let slow = try voice("sleep 50 & echo $! > \(pids); wait") {
      FileManager.default.contents(atPath: pids)?.count ?? 0 > 1
    }
    #expect(throws: VoiceError.cancelled) { _ = try slow.speak("Hello.") }
    let text = try String(contentsOfFile: pids, encoding: .utf8)
    let child = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    for _ in 0..<100 where Self.isRunning(child) { usleep(20_000) }
    #expect(!Self.isRunning(child))
  }

  /// Whether a process is there and no zombie.
  private static func isRunning(_ process: Int32) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
      return false
    }
    return !status.contains(") Z ")
  }
}
