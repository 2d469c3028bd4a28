import Foundation

/// A voice of the user's own: a command that turns text into WAV.
///
/// The command is a line for the shell and is run once a text. The text comes on standard input,
/// the language in `$FABULA_LANGUAGE`. WAV is expected on standard output, or in the file that
/// `$FABULA_OUTPUT` names.
public struct CommandVoice: Voice {
  private let command: String
  private let language: String
  private let timeout: Duration
  private let isCancelled: @Sendable () -> Bool

  /// A voice that runs `command`, no longer than `timeout` for one text; it and all that it
  /// started are ended when `isCancelled` says so.
  public init(
    command: String, language: String, timeout: Duration = .seconds(300),
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.command = command
    self.language = language
    self.timeout = timeout
    self.isCancelled = isCancelled
  }

  /// Says a text.
  public func speak(_ text: String) throws(VoiceError) -> Speech {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("fabula-voice-\(UUID().uuidString).wav").path
    defer { unlink(file) }
    let output = try run(text, file)
    let written = FileManager.default.contents(atPath: file).map { Array($0) } ?? []
    let bytes = written.isEmpty ? output : written
    guard !bytes.isEmpty else { throw .command(.noOutput) }
    return try Speech(wave: bytes)
  }

  private func run(_ text: String, _ file: String) throws(VoiceError) -> [UInt8] {
    let child = try ChildProcess(
      shell: command, environment: ["FABULA_LANGUAGE": language, "FABULA_OUTPUT": file])
    return try child.output(
      for: Array(text.utf8) + [0x0A], within: timeout, isCancelled: isCancelled)
  }
}
