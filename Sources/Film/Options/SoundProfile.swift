import CFFmpeg

/// What this project asks of one of FFmpeg's sound encoders.
struct SoundProfile {
  /// FFmpeg's name of the encoder.
  var encoder: String
  var format: AVSampleFormat
  /// The rates that it takes, empty for any.
  var rates: Set<Int> = []
}

extension Codec {
  /// The sound that goes with these pictures: lossless with lossless, AAC with the rest.
  var sound: SoundProfile {
    switch self {
    case .prores: SoundProfile(encoder: "pcm_s16le", format: AV_SAMPLE_FMT_S16)
    case .ffv1: SoundProfile(encoder: "flac", format: AV_SAMPLE_FMT_S16)
    default:
      SoundProfile(
        encoder: "aac", format: AV_SAMPLE_FMT_FLTP,
        rates: [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000])
    }
  }
}
