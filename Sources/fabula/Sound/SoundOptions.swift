import ArgumentParser

/// What is heard with the pictures.
struct SoundOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Let a voice speak the story; each sentence lasts as long as the voice.",
      discussion: "The voice is espeak-ng's for the story's language, at its pace."))
  var narrate: Bool?

  @Option(
    help: ArgumentHelp(
      "Narrate with this voice of espeak-ng's, as in en-us, de or en+f3.", valueName: "name"))
  var voice: String?

  @Option(
    help: ArgumentHelp(
      "Narrate with a command that turns text into WAV.",
      discussion: "It is run by the shell once a sentence, with the text on standard input and the "
        + "language in $FABULA_LANGUAGE, and writes WAV to standard output, or to the file "
        + "$FABULA_OUTPUT.", valueName: "command"))
  var voiceCommand: String?

  @Option(
    help: ArgumentHelp(
      "A recording that begins with the first frame: WAV, FLAC, MP3 ...",
      discussion: "Subtitles keep their times. The sentences of another story are put at the "
        + "recording's pauses or, where these are not the story's, fitted to its length; a "
        + "--duration of your own goes before.", valueName: "file"))
  var audio: String?

  /// Whether a voice is asked for.
  var isNarrated: Bool { narrate == true || voice != nil || voiceCommand != nil }

  func validate() throws {
    if voice != nil, voiceCommand != nil {
      throw ValidationError("--voice and --voice-command are two voices: give one")
    }
    if audio != nil, isNarrated {
      throw ValidationError("--audio is a narration already: leave --narrate and --voice out")
    }
    if narrate == false, isNarrated {
      throw ValidationError("--no-narrate goes with no voice: leave one of them out")
    }
  }
}
