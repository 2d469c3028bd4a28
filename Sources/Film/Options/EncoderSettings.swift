import CFFmpeg

extension FilmOptions {
  /// The options of the file while frames come: a GIF's and a WebP's colours are chosen at the end.
  var working: FilmOptions {
    guard !container.holdsTracks else { return self }
    var options = self
    options.container = .mkv
    options.codec = .ffv1
    options.crf = nil
    options.preset = nil
    return options
  }

  /// The encoder's private options.
  var encoderSettings: Settings {
    let profile = codec.profile
    var settings = isImmediate ? profile.immediateSettings : profile.settings
    if let preset = preset ?? profile.defaultPreset { settings.append(("preset", preset)) }
    if let crf = crf ?? profile.defaultCRF {
      // WebP counts the other way round.
      settings.append(codec == .webp ? ("quality", "\(100 - crf)") : ("crf", "\(crf)"))
    }
    return settings
  }

  /// What QuickTime wants to read where FFmpeg would write something else; 0 leaves it to FFmpeg.
  func tag(of parameters: AVCodecParameters) -> UInt32 {
    guard container.isMOV, parameters.codec_id == AV_CODEC_ID_HEVC else { return 0 }
    return fourLetterTag("hvc1")
  }
}

/// FFmpeg's number for a codec's four letters.
func fourLetterTag(_ letters: String) -> UInt32 {
  letters.utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) }
}
