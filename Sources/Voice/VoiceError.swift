/// What keeps a text from being spoken; each message is one line that says what to do.
public enum VoiceError: Error, Equatable, Sendable {
  /// The speech library does not start; its data are missing, as a rule.
  case library(reason: String)
  /// The library has no voice for the story's language.
  case noVoice(language: String, known: [String])
  /// The library has no voice of the name that was asked for.
  case unknownVoice(name: String, known: [String])
  /// The library failed at a text.
  case failed(text: String, reason: String)
  /// Nothing was heard of a text that has words.
  case silent(text: String)
  /// The user's command did not do its work.
  case command(CommandProblem)
  /// What the user's command delivered is no WAV file, or not a whole one.
  case wave(WaveProblem)
  /// The user has asked to stop.
  case cancelled

  /// What can go wrong with a command.
  public enum CommandProblem: Error, Equatable, Sendable {
    /// No process could be started, for the system's reason.
    case start(reason: String)
    /// It ended with an error; the last line that it wrote about it.
    case status(Int32, lastLine: String)
    /// It was ended by a signal.
    case signal(Int32)
    /// It took longer than so many seconds.
    case timeout(seconds: Int)
    /// It ended well, but delivered nothing.
    case noOutput
    /// It delivered more than any speech needs.
    case tooMuchOutput
  }

  /// What can be wrong with a WAV file.
  public enum WaveProblem: Error, Equatable, Sendable {
    /// It is something else.
    case notWave
    /// It ends before it should.
    case truncated
    /// Its samples are not of a kind that can be read here.
    case kind(String)
  }
}

extension VoiceError: CustomStringConvertible {
  /// The error in one line.
  public var description: String {
    switch self {
    case .library(let reason):
      "espeak-ng doesn't start (\(reason)): install espeak-ng-data, or give --voice-command"
    case .noVoice(let language, let known):
      "espeak-ng has no voice for \"\(language)\": give --language or --voice, or a voice of "
        + "your own with --voice-command; it knows \(known.joined(separator: ", "))"
    case .unknownVoice(let name, let known):
      "espeak-ng has no voice \"\(name)\": give one of \(known.joined(separator: ", "))"
    case .failed(let text, let reason):
      "espeak-ng failed at \"\(Self.short(text))\" (\(reason)): change the sentence, or give "
        + "another --voice"
    case .silent(let text):
      "the voice says nothing for \"\(Self.short(text))\": give a --voice for its language"
    case .command(let problem): "the voice command \(problem)"
    case .wave(let problem): "the voice command's output \(problem)"
    case .cancelled: "stopped"
    }
  }

  private static func short(_ text: String) -> String {
    text.count > 40 ? text.prefix(39) + "…" : text
  }
}

extension VoiceError.CommandProblem: CustomStringConvertible {
  /// What the command did, and what to do about it.
  public var description: String {
    switch self {
    case .start(let reason): "can't be started (\(reason)): check --voice-command"
    case .status(let status, let line):
      "ended with status \(status)\(line.isEmpty ? "" : " (\(line))"): try it in a shell, with a "
        + "text on standard input"
    case .signal(let number): "was ended by signal \(number): try it in a shell"
    case .timeout(let seconds):
      "took longer than \(seconds) seconds for one text: make sure that it ends after one"
    case .noOutput:
      "delivered no sound: let it write WAV to standard output or to $FABULA_OUTPUT"
    case .tooMuchOutput: "delivered too much: let it write one WAV file and end"
    }
  }
}

extension VoiceError.WaveProblem: CustomStringConvertible {
  /// What is wrong with the file, and what to do about it.
  public var description: String {
    switch self {
    case .notWave: "is no WAV file: let it write WAV, and nothing else, to standard output"
    case .truncated: "is not a whole WAV file: its sound ends too soon"
    case .kind(let kind): "is WAV of \(kind): let it write PCM of 8 to 32 bits, or float"
    }
  }
}
