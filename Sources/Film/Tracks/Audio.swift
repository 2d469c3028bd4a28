/// Sound that begins with the first frame.
public enum Audio: Sendable, Equatable {
  /// A file that FFmpeg can read: WAV, FLAC, MP3, ...
  case file(String)
  /// Stretches of a file, one after the other.
  case clips(String, [SoundClip])
  /// Interleaved samples from -1 to 1.
  case samples([Float], rate: Int, channels: Int)
}
